import { describe, expect, test } from 'vitest'
import { type Column, defineTable, select, t } from '../../src/index.ts'
import { bothEngines, expectAgreement } from './engines.ts'

/** JSON of a value: what the compiled engine takes, and what it leaves to the plain engine. */
interface Case {
  readonly name: string
  readonly column: Column
  readonly taken: readonly string[]
  readonly left: readonly string[]
}

const numbers = ['0', '7', '-7', '2147483647', '-2147483648']

const cases: readonly Case[] = [
  {
    name: 'string',
    column: t.string(),
    taken: [
      '""',
      '"a"',
      '"é 😀"',
      '"a\\nb\\"c\\\\"',
      '"a\\/b"',
      '"\\u00e9\\ud83d\\ude00"',
      '"\\u0007\\u000a\\u0022"',
      '"\\ud800"',
    ],
    left: ['1', 'null', 'true', '[]', '{}', '"\\x"', '"\u0001"'],
  },
  {
    name: 'json',
    column: t.json(),
    taken: [
      '{}',
      '[]',
      '"a\\"b\\\\"',
      'true',
      '0',
      '-1.5',
      '{ "a" : [ 1 , {"b": null} ] }',
      '12345678901234567890',
      '{"a":"\\u00e9\\/"}',
      '["\\ud800"]',
    ],
    left: ['-0', '1e3', '1.0', '{"1":1}', '{"a":1,"a":2}', '{"\\u0061":1}', '[1e400]', '1.2345678901234567'],
  },
  { name: 'int', column: t.int(), taken: numbers, left: ['2147483648', '-2147483649', '-0', '1.0', '1e3', '"1"'] },
  {
    name: 'long',
    column: t.long(),
    taken: [...numbers, '9007199254740991', '9007199254740992', '9223372036854775807', '-9223372036854775807'],
    left: ['9223372036854775808', '-9223372036854775808', '1.5', '"1"', '123456789012345678901'],
  },
  {
    name: 'double',
    column: t.double(),
    taken: ['0', '0.1', '-0.5', '0.000001', '123456789012.345', '9007199254740991'],
    left: ['-0', '1.0', '1.50', '0.0000001', '1e21', '9007199254740993', '0.1234567890123456'],
  },
  { name: 'float', column: t.float(), taken: ['0', '16777216'], left: ['0.5', '16777217', '1e39'] },
  { name: 'boolean', column: t.boolean(), taken: ['true', 'false'], left: ['1', '"true"'] },
  {
    name: 'date',
    column: t.date(),
    taken: ['"2024-02-29"', '"0001-01-01"', '"9999-12-31"'],
    left: ['"0000-12-31"', '"2023-02-29"', '"2024-2-29"', '"2024-13-01"', '"2024-00-01"', '1'],
  },
  {
    name: 'time',
    column: t.time(),
    taken: ['"18:56"', '"18:56:15"', '"18:56:15.096"', '"23:59:59.9999990"', '0', '86399999999'],
    left: ['"24:00"', '"18:56:60"', '"18:56:15."', '"18:56:15.0000001"', '86400000000', '-1'],
  },
  {
    name: 'timestamp',
    column: t.timestamp(),
    taken: [
      '"2026-01-12T08:15:02.645Z"',
      '"2026-01-12 08:15"',
      '"1969-12-31T23:59:59.999999"',
      '"2024-02-29T00:30:00+09:00"',
      '"2024-02-29T23:30:00-0930"',
      '1768205702645000',
    ],
    left: [
      '"2026-02-29T00:00:00Z"',
      '"2026-01-12"',
      '1768205702645',
      '"1500-01-01T00:00:00Z"',
      '"0000-01-01T00:00:00Z"',
      '"2026-01-12T08:15:02Zx"',
    ],
  },
  {
    name: 'timestamptz',
    column: t.timestamptz(),
    taken: ['"2026-01-12T08:15:02.645Z"', '"2024-02-29T00:30:00+0900"'],
    left: ['"2026-01-12T08:15:02.645"', '"2026-01-12T08:15:02.645+24:00"'],
  },
  {
    name: 'uuid',
    column: t.uuid(),
    taken: ['"123e4567-e89b-12d3-a456-426614174000"', '"123E4567-E89B-12D3-A456-426614174000"'],
    left: ['"123e4567-e89b-12d3-a456-42661417400g"', '"123e4567e89b12d3a456426614174000"', '""'],
  },
  {
    name: 'decimal',
    column: t.decimal(6, 2),
    taken: ['0', '1234', '-12.5', '0.25', '"-12.50"', '"0012.5000"', '"-0.00"'],
    left: ['12345', '1.234', '"1.234"', '1e2', '"12."', '".5"', '""', '"-"'],
  },
]

describe.each(cases)('a $name column', ({ column, taken, left }) => {
  const table = defineTable({ name: 't', columns: { value: column } })

  test.each([...taken.map((text) => [text, 1] as const), ...left.map((text) => [text, 0] as const)])(
    'both engines agree on %s; records of the compiled engine: %i',
    async (text, expected) => {
      const engines = bothEngines([{ matcher: { type: 'a' }, route: { table, transform: select({ value: 'value' }) } }])
      await expectAgreement(engines, [Buffer.from(`{"type":"a","value":${text}}`, 'utf8')])
      expect(engines.taken()).toBe(expected)
    },
  )
})

test('the plain engine writes columns of several values and of ISO 8601', async () => {
  const columns: readonly Column[] = [t.list(t.int()), t.timestamp({ as: 'iso' }), t.time({ as: 'iso' })]
  for (const column of columns) {
    const table = defineTable({ name: 't', columns: { value: t.nullable(column) } })
    const engines = bothEngines([{ matcher: { type: 'a' }, route: { table, transform: select({ value: 'value' }) } }])
    await expectAgreement(engines, [Buffer.from('{"type":"a"}')])
    expect(engines.taken()).toBe(0)
  }
})

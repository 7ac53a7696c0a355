import { type } from 'arktype'
import { t } from 'firehose-iceberg-router'
import { tableFromSchema } from 'firehose-iceberg-router/from-schema'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { toSnakeCase } from '../../src/from-schema/names.ts'
import { createRowEncoder } from '../../src/table/encoder.ts'

const sale = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  total: z.number(),
  extra: z.union([z.string(), z.number()]).optional(),
})

describe('tableFromSchema', () => {
  it('takes overrides for what a schema cannot say', () => {
    const table = tableFromSchema(sale, {
      name: 'sales',
      columns: { total: t.decimal(10, 2), at: t.timestamptz(), extra: t.json() },
      uniqueKeys: ['id'],
      partitionBy: [t.day('at')],
    })
    expect(toIcebergSchema(table)).toMatchObject({
      'identifier-field-ids': [1],
      fields: [
        { name: 'id', type: 'string', required: true },
        { name: 'at', type: 'timestamptz', required: true },
        { name: 'total', type: 'decimal(10, 2)', required: true },
        { name: 'extra', type: 'string', required: false },
      ],
    })
    const row = createRowEncoder(table)(
      { id: 'a', at: '2026-01-31T09:30:00Z', total: '12.50', extra: { a: 1 } },
      'insert',
    )
    expect(row).toBe('{"id":"a","at":1769851800000000,"total":"12.50","extra":"{\\"a\\":1}"}')
  })

  it('writes what its schema lets through: exact bigints, and null for what is undefined', () => {
    const schema = z.object({
      id: z.literal(9007199254740993n),
      notes: z.array(z.string().optional()),
      counts: z.record(z.string(), z.int32().optional()),
    })
    const table = tableFromSchema(schema, { name: 't' })
    const row = schema.parse({ id: 9007199254740993n, notes: ['a', undefined], counts: { a: 1, b: undefined } })
    expect(createRowEncoder(table)(row, 'insert')).toBe(
      '{"id":"9007199254740993","notes":["a",null],"counts":{"a":1,"b":null}}',
    )
  })

  interface Node {
    readonly id: string
    readonly next: Node | null
  }
  const node: z.ZodType<Node> = z.object({ id: z.string(), next: z.lazy(() => node).nullable() })

  it.each([
    ['anything', z.unknown()],
    ['anything, by any', z.any()],
    ['nothing', z.undefined()],
    ['anything with a default', z.unknown().default(1)],
    ['anything that is caught', z.unknown().catch(1)],
    ['anything with words beside it', z.unknown().meta({ owner: 'x' })],
    ['anything, among others', z.union([z.string(), z.unknown()])],
    ['a schema that contains itself, or null', node.nullable()],
    ['an intersection that is none, of nullables', z.intersection(z.string().nullable(), z.string().nullable())],
  ])('takes null for %s, as its type does', (_, extra) => {
    const schema: z.ZodObject<{ extra: z.ZodUnknown }> = z.object({ extra: extra as z.ZodUnknown })
    const table = tableFromSchema(schema, { name: 't', columns: { extra: t.json() } })
    expect(createRowEncoder(table)({ extra: null }, 'insert')).toBe('{"extra":null}')
    expect(toIcebergSchema(table).fields).toMatchObject([{ required: false }])
  })

  it.each([
    ['an instance', z.instanceof(Uint8Array)],
    ['a transform', z.string().transform(Number)],
    ['a custom check', z.custom<string>()],
    ['a Map', z.map(z.string(), z.string())],
    ['a union of what cannot be said', z.union([z.string().transform(Number), z.number()])],
    ['an intersection with anything', z.intersection(z.unknown(), z.object({ x: z.string() }))],
    ['an instance, of ArkType', type.instanceOf(Uint8Array)],
    ['a morph, of ArkType', type('string').pipe((text) => BigInt(text))],
    ['a Map, of ArkType', type('Map')],
  ])('takes no null for %s, though it cannot be said in JSON Schema', (_, extra) => {
    const schema = extra instanceof z.ZodType ? z.object({ extra }) : type({ extra })
    const table = tableFromSchema(schema as object as z.ZodObject<{ extra: z.ZodString }>, {
      name: 't',
      columns: { extra: t.json() },
    })
    expect(createRowEncoder(table)({ extra: null }, 'insert')).toMatchObject({ code: 'MissingColumn' })
    expect(toIcebergSchema(table).fields).toMatchObject([{ required: true }])
  })

  it('takes loose objects, whose other keys may be anything', () => {
    const schema = z.object({ s: z.looseObject({ x: z.string() }), m: z.record(z.string(), z.unknown()) })
    const table = tableFromSchema(schema, { name: 't', columns: { m: t.json() } })
    expect(toIcebergSchema(table).fields[0]).toMatchObject({ type: { type: 'struct', fields: [{ name: 'x' }] } })
    expect(() => tableFromSchema(schema, { name: 't' })).toThrow(
      /at m: an object with keys of any name and values of any type has no Iceberg form/,
    )
  })

  it('takes null for an intersection only where both sides do', () => {
    const [a, b] = [z.object({ x: z.string() }), z.object({ y: z.string() })]
    const columnsOf = (c: z.ZodType): unknown =>
      toIcebergSchema(tableFromSchema(z.object({ c }), { name: 't' })).fields[0]?.required
    expect(columnsOf(z.intersection(a.nullable(), b.nullable()))).toBe(false)
    expect(columnsOf(z.intersection(a.nullable(), b))).toBe(true)
  })

  it('refuses an override without a key', () => {
    const columns = { totals: t.decimal(10, 2), extra: t.json() } as object as Record<never, never>
    expect(() => tableFromSchema(sale, { name: 'sales', columns })).toThrow(
      /columns: the schema has no key for "totals"/,
    )
  })

  it('refuses an unknown way to name columns, and what defineTable refuses', () => {
    const names = 'camelCase' as 'exact'
    expect(() => tableFromSchema(z.object({ a: z.string() }), { name: 't', names })).toThrow(
      /names: expected 'exact' or/,
    )
    expect(() => tableFromSchema(z.object({ a: z.string() }), { name: 'T' })).toThrow(/name: expected 1 to 255/)
  })

  it('makes snake case of keys, in structs too, but not of the keys of maps', () => {
    const schema = z.object({
      messageId: z.string(),
      mailFrom: z.object({ fullName: z.string() }),
      perDay: z.record(z.string(), z.int()),
    })
    const table = tableFromSchema(schema, {
      name: 't',
      names: 'snake_case',
      columns: { message_id: t.string({ doc: 'x' }) },
    })
    expect(Object.keys(table.columns)).toEqual(['message_id', 'mail_from', 'per_day'])
    const row = createRowEncoder(table)(
      { message_id: 'a', mail_from: { full_name: 'b' }, per_day: { MonDay: 1 } },
      'insert',
    )
    expect(row).toBe('{"message_id":"a","mail_from":{"full_name":"b"},"per_day":{"MonDay":1}}')
  })

  it('says how to get rid of capitals', () => {
    const schema = z.object({ messageId: z.string(), a: z.object({ bC: z.string() }), 'x.y': z.string() })
    const make = (): unknown => tableFromSchema(schema, { name: 't' })
    expect(make).toThrow(/at messageId: a column's name .*; names: 'snake_case' makes it message_id/)
    expect(make).toThrow(/at a\.bC: .* makes it b_c/)
    expect(make).toThrow(/at x\.y: a column's name has lower-case letters, digits and underscores only$/m)
  })

  it('refuses two keys that become one name', () => {
    const schema = z.object({ userId: z.string(), user_id: z.string() })
    expect(() => tableFromSchema(schema, { name: 't', names: 'snake_case' })).toThrow(
      /at user_id: another key is named user_id as well/,
    )
  })

  it('says what to do about a validator that writes no JSON Schema', () => {
    expect(() => tableFromSchema(v.object({ a: v.string() }), { name: 't' })).toThrow(
      /this version of valibot does not write .* pass toJsonSchema\(schema, .* of @valibot\/to-json-schema/,
    )
  })

  it('keeps the reason why a validator fails', () => {
    const jsonSchema = {
      output: () => {
        throw new Error('no')
      },
    }
    const schema = {
      '~standard': { version: 1, vendor: 'mine', validate: (value: unknown) => ({ value }), jsonSchema },
    } as const
    expect(() => tableFromSchema(schema, { name: 't' })).toThrow(/mine cannot write the schema as JSON Schema/)
  })

  it('keeps hostile keys as plain keys', () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"constructor":{"type":"string"},"__proto__":{"type":"string"}}}',
    )
    expect(() => tableFromSchema(schema, { name: 't' })).toThrow(/columns.__proto__: expected 1 to 255/)
    const { columns } = tableFromSchema(
      { type: 'object', properties: { constructor: { type: 'string' } } },
      { name: 't' },
    )
    expect(Object.keys(columns)).toEqual(['constructor'])
  })
})

describe('toSnakeCase', () => {
  it.each([
    ['messageId', 'message_id'],
    ['MessageID', 'message_id'],
    ['HTTPServer', 'http_server'],
    ['userID2', 'user_id2'],
    ['v2Api', 'v2_api'],
    ['content-type', 'content_type'],
    ['Content-Type', 'content_type'],
    ['already_snake', 'already_snake'],
    ['_Private', '_private'],
    ['ABC', 'abc'],
    ['aBC', 'a_bc'],
  ])('makes %s %s', (key, name) => {
    expect(toSnakeCase(key)).toBe(name)
  })
})

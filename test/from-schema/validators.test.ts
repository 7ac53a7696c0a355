import { Type as OldType } from '@sinclair/typebox'
import { toJsonSchema, toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import { Schema } from 'effect'
import { defineTable, type Table, t } from 'firehose-iceberg-router'
import { tableFromSchema } from 'firehose-iceberg-router/from-schema'
import Joi from 'joi'
import * as runtypes from 'runtypes'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import * as yup from 'yup'
import * as z from 'zod'
import * as zodMini from 'zod/mini'
import { toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { createRowEncoder } from '../../src/table/encoder.ts'
import sury from '../support/sury.ts'

/** Columns as `name: type`, with a question mark where they may be null. */
function columnsOf(table: Table): readonly string[] {
  return toIcebergSchema(table).fields.map(({ name, type: fieldType, required }) => {
    return `${name}${required ? '' : '?'}: ${typeof fieldType === 'string' ? fieldType : JSON.stringify(fieldType)}`
  })
}

/** Writes what the schema makes of an event, as a transform that returns it would. */
async function rowOf(table: Table, schema: object, event: unknown): Promise<unknown> {
  const { validate } = (schema as { readonly '~standard': { readonly validate: (value: unknown) => unknown } })[
    '~standard'
  ]
  const result = (await validate(event)) as { readonly value?: unknown; readonly issues?: unknown }
  expect(result.issues).toBeUndefined()
  const row = createRowEncoder(table)(result.value, 'insert')
  return typeof row === 'string' ? JSON.parse(row) : row
}

const NAME = { name: 't' }
const AT = '2026-01-31T09:30:00.000Z'
const MICROS = 1_769_851_800_000_000

/** Both of Effect's adapters, as its documentation puts them on one schema; only what is known of all schemas. */
function effect(schema: Schema.Codec<unknown, unknown>): { readonly type?: unknown } {
  return Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(schema)) as object
}

describe('Effect', () => {
  const sale = Schema.Struct({
    id: Schema.String,
    at: Schema.Date,
    seen: Schema.optional(Schema.Date),
    total: Schema.Number,
    count: Schema.NullOr(Schema.Int),
    big: Schema.BigInt,
    note: Schema.optionalKey(Schema.String),
    kind: Schema.NullOr(Schema.Literals(['a', 'b'])),
    dates: Schema.NonEmptyArray(Schema.Date),
    lines: Schema.Array(Schema.Struct({ at: Schema.Date, counts: Schema.Record(Schema.String, Schema.Number) })),
  })

  it('has columns for the values of its type, not for their encoded form', async () => {
    const schema = Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(sale))
    const table = tableFromSchema(schema, NAME)
    expect(columnsOf(table).slice(0, 8)).toEqual([
      'id: string',
      'at: timestamp',
      'seen?: timestamp',
      'total: double',
      'count?: long',
      'big: long',
      'note?: string',
      'kind?: string',
    ])
    const at = new Date(AT)
    const row = {
      id: 'a',
      at,
      seen: at,
      total: 1.5,
      count: null,
      big: 7n,
      kind: 'a',
      dates: [at],
      lines: [{ at, counts: { x: 1 } }],
    }
    expect(await rowOf(table, schema, row)).toEqual({
      ...{ id: 'a', at: MICROS, seen: MICROS, total: 1.5, count: null, big: 7, note: null, kind: 'a', dates: [MICROS] },
      lines: [{ at: MICROS, counts: { x: 1 } }],
    })
  })

  it('is read by what comes out of a transformation', async () => {
    const schema = effect(
      Schema.Struct({ at: Schema.DateFromString, n: Schema.NumberFromString }).pipe(Schema.encodeKeys({ n: 'number' })),
    )
    const table = tableFromSchema(schema, NAME)
    expect(columnsOf(table)).toEqual(['at: timestamp', 'n: double'])
    expect(await rowOf(table, schema, { at: AT, number: '7' })).toEqual({ at: MICROS, n: 7 })
  })

  it('may be a class', async () => {
    class User extends Schema.Class<User>('User')({ id: Schema.String, at: Schema.Date }) {}
    const schema = Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(User))
    const table = tableFromSchema(schema, NAME)
    expect(columnsOf(table)).toEqual(['id: string', 'at: timestamp'])
    expect(await rowOf(table, schema, { id: 'a', at: new Date(AT) })).toEqual({ id: 'a', at: MICROS })
  })

  it('may write JSON Schema without validating', () => {
    expect(columnsOf(tableFromSchema(Schema.toStandardJSONSchemaV1(sale), NAME))[1]).toBe('at: timestamp')
  })

  const node = Schema.Struct({
    id: Schema.String,
    kids: Schema.Array(Schema.suspend((): Schema.Codec<unknown> => node as never)),
  })
  it.each<[string, Schema.Codec<unknown, unknown>, RegExp]>([
    ['an Option', Schema.Struct({ x: Schema.Option(Schema.String) }), /at x: Effect's Option has no Iceberg form/],
    ['bytes', Schema.Struct({ x: Schema.Uint8Array }), /at x: Effect's Uint8Array has no Iceberg form/],
    ['a secret', Schema.Struct({ x: Schema.Redacted(Schema.String) }), /at x: Effect's Redacted/],
    ['a date with its zone', Schema.Struct({ x: Schema.DateTimeUtc }), /at x: Effect's DateTime.Utc/],
    ['a symbol', Schema.Struct({ x: Schema.Symbol }), /at x: Effect's Symbol/],
    ['a tuple', Schema.Struct({ x: Schema.Tuple([Schema.Date]) }), /at x: a tuple/],
    ['two types', Schema.Struct({ x: Schema.Union([Schema.Date, Schema.Number]) }), /at x: a union of different types/],
    ['a schema that contains itself', node, /at kids.element: a schema that contains itself/],
  ])('has no column for %s, until one is given', (_, schema, problem) => {
    expect(() => tableFromSchema(effect(schema), NAME)).toThrow(problem)
    const columns = { [schema === node ? 'kids' : 'x']: t.json() }
    const table = tableFromSchema(effect(schema), { ...NAME, columns } as typeof NAME)
    expect(columnsOf(table).at(-1)).toMatch(/: string$/)
  })

  it('without its adapter is refused with its name', () => {
    const advice = /Schema.toStandardJSONSchemaV1\(Schema.toStandardSchemaV1\(schema\)\)/
    expect(() => tableFromSchema(sale as object as { type: 'object' }, NAME)).toThrow(advice)
    expect(() => tableFromSchema(Schema.toStandardSchemaV1(sale), NAME)).toThrow(advice)
  })
})

describe('Valibot', () => {
  const sale = v.object({
    id: v.string(),
    at: v.date(),
    made: v.pipe(v.string(), v.toDate()),
    big: v.optional(v.bigint()),
    checked: v.pipe(
      v.string(),
      v.trim(),
      v.check((text) => text !== 'x'),
    ),
    notes: v.array(v.optional(v.string())),
    counts: v.record(v.string(), v.number()),
    when: v.instance(Date),
  })

  it('has dates and bigints through its converter', async () => {
    const table = tableFromSchema(toStandardJsonSchema(sale), NAME)
    expect(columnsOf(table).filter((text) => !text.includes('{'))).toEqual([
      'id: string',
      'at: timestamp',
      'made: timestamp',
      'big?: long',
      'checked: string',
      'when: timestamp',
    ])
    const at = new Date(AT)
    const event = { id: 'a', at, made: AT, checked: ' b ', notes: ['a', undefined], counts: { x: 1 }, when: at }
    expect(await rowOf(table, sale, event)).toMatchObject({ at: MICROS, made: MICROS, big: null, notes: ['a', null] })
  })

  it('says of each part why it has no column, and takes one that is given', () => {
    const schema = toStandardJsonSchema(
      v.object({ id: v.string(), files: v.set(v.string()), n: v.pipe(v.string(), v.transform(Number)) }),
    )
    expect(() => tableFromSchema(schema, NAME)).toThrow(
      /at files: a value that Valibot cannot write \(The "set" schema .* has no Iceberg form.*\n.*at n: .*\(The "transform" action/,
    )
    const columns = { files: t.json(), n: t.long() }
    expect(columnsOf(tableFromSchema(schema, { ...NAME, columns }))).toEqual(['id: string', 'files: string', 'n: long'])
  })

  it('may come as JSON Schema', () => {
    const schema = toJsonSchema(v.object({ id: v.string() }), { typeMode: 'output' })
    expect(columnsOf(tableFromSchema(schema, NAME))).toEqual(['id: string'])
  })
})

describe('Sury', () => {
  const dated = sury.schema({ id: sury.string, at: sury.date, n: sury.bigint, x: sury.optional(sury.int32) })

  it('says what to call before it writes JSON Schema', () => {
    expect(() => tableFromSchema(dated as never, NAME)).toThrow(
      /sury cannot write .*requires S.enableStandardJSONSchema\(\).*; call S.enableStandardJSONSchema\(\)/,
    )
  })

  describe('with JSON Schema', () => {
    beforeAll(() => sury.enableStandardJSONSchema())

    it('has dates and bigints, which it cannot write itself', async () => {
      const table = tableFromSchema(dated, NAME)
      expect(columnsOf(table)).toEqual(['id: string', 'at: timestamp', 'n: long', 'x?: int'])
      expect(await rowOf(table, dated, { id: 'a', at: new Date(AT), n: 7n })).toMatchObject({
        at: MICROS,
        n: 7,
        x: null,
      })
    })

    it('is read by what it makes of a value', async () => {
      const schema = sury.schema({
        at: sury.string.with(sury.to, sury.date),
        lines: sury.array(sury.schema({ at: sury.date, u: sury.uuid })),
        seen: sury.record(sury.nullable(sury.date)),
      })
      const table = tableFromSchema(schema, NAME)
      const at = new Date(AT)
      const event = { at: AT, lines: [{ at, u: '0190163d-8694-739b-aea5-966c26f8ad91' }], seen: { a: at, b: null } }
      expect(await rowOf(table, schema, event)).toMatchObject({
        at: MICROS,
        lines: [{ at: MICROS }],
        seen: { a: MICROS, b: null },
      })
    })

    it('says its reason for a part, and takes a column that is given', () => {
      const schema = sury.schema({ id: sury.string, raw: sury.symbol, at: sury.date })
      expect(() => tableFromSchema(schema, NAME)).toThrow(
        /at raw: .*\(.*Expected JSON, received symbol\) has no Iceberg form/,
      )
      const table = tableFromSchema(schema, { ...NAME, columns: { raw: t.json(), at: t.string() } })
      expect(columnsOf(table)).toEqual(['id: string', 'raw: string', 'at: string'])
    })
  })
})

describe('Joi', () => {
  it('has records as maps, and dates', async () => {
    const schema = Joi.object({
      id: Joi.string().required(),
      at: Joi.date().required(),
      n: Joi.number().integer(),
      counts: Joi.object().pattern(Joi.string(), Joi.number()).required(),
    })
    const table = tableFromSchema(schema, NAME)
    expect(toIcebergSchema(table).fields.at(-1)).toMatchObject({
      type: { type: 'map', key: 'string', value: 'double' },
    })
    const event = { id: 'a', at: AT, counts: { x: 1 } }
    expect(await rowOf(table, schema, event)).toEqual({ id: 'a', at: MICROS, n: null, counts: { x: 1 } })
  })

  it('has no column for a value that is not what its JSON Schema says, until one is given', () => {
    const schema = Joi.object({
      id: Joi.string(),
      bytes: Joi.binary(),
      n: Joi.number().cast('string'),
      tags: Joi.array().items(Joi.string()).cast('set'),
    })
    expect(() => tableFromSchema(schema, NAME)).toThrow(
      /at bytes: the schema lets an object through.*\n.*at n: the schema lets a string through.*\n.*at tags: the schema lets a Set through/,
    )
    const columns = { bytes: t.string(), n: t.decimal(10, 2), tags: t.json() }
    expect(columnsOf(tableFromSchema(schema, { ...NAME, columns }))).toHaveLength(4)
  })

  it('is checked though a sample of one key is not to be had', () => {
    const schema = Joi.object({
      code: Joi.string().pattern(/^x\d+$/),
      bytes: Joi.binary(),
      ms: Joi.date().cast('number'),
    })
    expect(() => tableFromSchema(schema, NAME)).toThrow(
      /at bytes: the schema lets an object through.*\n.*at ms: the schema lets a number through/,
    )
  })

  it('has no column for an object with some keys by pattern', () => {
    const schema = Joi.object({ x: Joi.object().pattern(/^a/, Joi.number()) })
    expect(() => tableFromSchema(schema, NAME)).toThrow('at x: an object with keys by pattern')
  })
})

describe('TypeBox', () => {
  const fields = ['id: string', 'n?: long', 'big: long', 'seen?: string']

  it('1 compiles to a table', () => {
    const schema = Type.Object({
      id: Type.String(),
      n: Type.Optional(Type.Integer()),
      big: Type.BigInt(),
      seen: Type.Union([Type.String(), Type.Null(), Type.Undefined()]),
      counts: Type.Record(Type.String(), Type.Number()),
    })
    const table = tableFromSchema(schema, { ...NAME, uniqueKeys: ['id'] })
    expect(columnsOf(table).slice(0, -1)).toEqual(fields)
    expect(createRowEncoder(table)({ id: 'a', big: 7n, counts: { a: 1 } }, 'insert')).toBe(
      '{"id":"a","n":null,"big":7,"seen":null,"counts":{"a":1}}',
    )
  })

  it('0.34 compiles to a table', () => {
    const schema = OldType.Object({
      id: OldType.String(),
      n: OldType.Optional(OldType.Integer()),
      big: OldType.BigInt(),
      seen: OldType.Union([OldType.String(), OldType.Null(), OldType.Undefined()]),
      at: OldType.Date(),
      counts: OldType.Record(OldType.String(), OldType.Number()),
    })
    const table = tableFromSchema(schema, { ...NAME, uniqueKeys: ['id'] })
    expect(columnsOf(table).slice(0, -1)).toEqual([...fields, 'at: timestamp'])
    expect(toIcebergSchema(table).fields.at(-1)).toMatchObject({ type: { type: 'map', value: 'double' } })
  })

  it('has no column for bytes, and says so', () => {
    expect(() => tableFromSchema(OldType.Object({ x: OldType.Uint8Array() }), NAME)).toThrow(
      'at x: a value of type "Uint8Array" has no Iceberg form',
    )
  })
})

describe('a schema that writes JSON Schema and validates nothing', () => {
  it('makes a table, with the types that it declares', () => {
    const written = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }
    interface Mine {
      readonly '~standard': {
        readonly version: 1
        readonly vendor: string
        readonly jsonSchema: { readonly output: () => unknown; readonly input: () => unknown }
        readonly types?: { readonly input: { id: string }; readonly output: { id: string } } | undefined
      }
    }
    const schema: Mine = {
      '~standard': { version: 1, vendor: 'mine', jsonSchema: { output: () => written, input: () => written } },
    }
    expect(columnsOf(tableFromSchema(schema, { ...NAME, uniqueKeys: ['id'] }))).toEqual(['id: string'])
  })

  it('may know another draft only', () => {
    const output = ({ target }: { readonly target: string }): unknown => {
      if (target !== 'draft-07') throw new Error(`unsupported: ${target}`)
      return {
        type: 'object',
        properties: { id: { $ref: '#/definitions/id' } },
        definitions: { id: { type: 'string' } },
      }
    }
    const schema = { '~standard': { version: 1, vendor: 'old', jsonSchema: { output } } } as const
    expect(columnsOf(tableFromSchema(schema, NAME))).toEqual(['id?: string'])
  })
})

describe('a schema of a library that is not known here', () => {
  /** Says that everything is a string. */
  function schemaThat(validate: (value: unknown) => unknown): { type: 'object' } {
    const properties = {
      id: { type: 'string' },
      at: { type: 'string' },
      inner: { type: 'object', properties: { at: {} } },
    }
    const written = {
      type: 'object',
      properties: { ...properties, inner: { ...properties.inner, properties: { at: { type: 'string' } } } },
      required: ['id', 'at'],
    }
    const jsonSchema = { output: () => written, input: () => written }
    return { '~standard': { version: 1, vendor: 'mine', validate, jsonSchema } } as object as { type: 'object' }
  }
  const toDate = (value: unknown): unknown => ({ value: { ...(value as object), at: new Date(AT) } })

  it('is refused if a sample comes out as what its column does not take', () => {
    expect(() => tableFromSchema(schemaThat(toDate), NAME)).toThrow(
      'at at: the schema lets a Date through, which its JSON Schema does not say (expected a string, got a Date)',
    )
  })

  it('is refused if it takes only what its column does not', () => {
    const wanting = (value: unknown): unknown => {
      const { inner } = value as { readonly inner?: { readonly at?: unknown } }
      return inner?.at instanceof Date
        ? { value }
        : { issues: [{ message: 'no Date', path: ['inner', { key: 'at' }] }] }
    }
    expect(() => tableFromSchema(schemaThat(wanting), NAME)).toThrow(
      'at inner.at: the schema lets something else through',
    )
  })

  it('is taken with a column for that', () => {
    const options = { ...NAME, columns: { at: t.timestamp() } }
    expect(columnsOf(tableFromSchema(schemaThat(toDate), options as typeof NAME))).toContain('at: timestamp')
  })

  it.each<[string, (value: unknown) => unknown]>([
    ['lets the sample through', (value) => ({ value })],
    ['refuses every sample', () => ({ issues: [{ message: 'never' }] })],
    ['refuses every part of it', () => ({ issues: [{ message: 'never', path: ['at'] }] })],
    ['answers later', async () => Promise.reject(new Error('later'))],
    [
      'throws',
      () => {
        throw new Error('at once')
      },
    ],
  ])('is taken as it says if it %s', (_, validate) => {
    expect(columnsOf(tableFromSchema(schemaThat(validate), NAME))).toHaveLength(3)
  })
})

describe('a schema without JSON Schema is refused with what to do', () => {
  it.each<[string, unknown, RegExp]>([
    ['Zod Mini', zodMini.object({ id: zodMini.string() }), /zod .*pass z.toJSONSchema\(schema, \{ io: 'output'/],
    ['Yup', yup.object({ id: yup.string() }), /yup .*Yup has no JSON Schema/],
    ['Valibot', v.object({ id: v.string() }), /valibot .*toStandardJsonSchema\(schema\)/],
    ['runtypes', runtypes.Object({ id: runtypes.String }), /got a runtypes schema.*pass a JSON Schema/],
    [
      'a compiled TypeBox schema',
      Compile(Type.Object({ id: Type.String() })),
      /pass the schema that it was compiled from/,
    ],
    ['Superstruct', { coercer: () => 0 }, /got a Superstruct schema/],
    ['an old version', { parse: () => 0 }, /got a schema without ~standard.jsonSchema/],
  ])('%s', (_, schema, problem) => {
    expect(() => tableFromSchema(schema as { type: 'object' }, NAME)).toThrow(problem)
  })

  it('what it says works for Zod Mini', () => {
    const schema = z.toJSONSchema(zodMini.object({ id: zodMini.string(), at: zodMini.date() }), {
      io: 'output',
      unrepresentable: 'any',
    })
    const table = tableFromSchema(schema, { ...NAME, columns: { at: t.timestamp() } as Record<never, never> })
    expect(columnsOf(table)).toEqual(['id: string', 'at: timestamp'])
  })
})

it('the reason of a validator is in the message', () => {
  const output = (): never => {
    throw new Error(`no words for this. ${'x'.repeat(1000)}`)
  }
  const schema = { '~standard': { version: 1, vendor: 'mine', jsonSchema: { output } } } as const
  const make = (): unknown => tableFromSchema(schema, NAME)
  expect(make).toThrow(
    /mine cannot write the schema as JSON Schema: no words for this\. x{280,290}; pass a JSON Schema/,
  )
})

it('Zod and ArkType are not asked for a sample', () => {
  const calls: unknown[] = []
  const noted = z.object({ id: z.string().refine((id) => calls.push(id) > 0) })
  expect(columnsOf(tableFromSchema(noted, NAME))).toEqual(['id: string'])
  expect(columnsOf(tableFromSchema(type({ id: 'string', at: 'Date' }), NAME))).toEqual(['at: timestamp', 'id: string'])
  expect(calls).toEqual([])
  expect(() => defineTable({ name: 't', columns: {} })).toThrow()
})

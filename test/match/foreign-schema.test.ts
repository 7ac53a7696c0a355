import { Type as OldType } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { Schema } from 'effect'
import { createIcebergRouter, defineTable, type FinishedRouter, t } from 'firehose-iceberg-router'
import Joi from 'joi'
import * as runtypes from 'runtypes'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import * as yup from 'yup'
import * as zodMini from 'zod/mini'
import { eventOf } from '../support/events.ts'
import sury from '../support/sury.ts'

const table = defineTable({ name: 'users', columns: { id: t.string() } })
const transform = (event: unknown): { id: string } => ({ id: (event as { id: string }).id })
const effect = Schema.Struct({ id: Schema.String })
class EffectUser extends Schema.Class<EffectUser>('EffectUser')({ id: Schema.String }) {}
const oldTypeBox = OldType.Object({ id: OldType.String() })
const typeBox = Type.Object({ id: Type.String() })
const suryUser = sury.schema({ id: sury.string })
const runtype = runtypes.Object({ id: runtypes.String })
const jsonSchema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }

/** Adds a route as a JavaScript user could write it. */
interface UntypedRouter {
  readonly on: (matcher: unknown, route: unknown) => UntypedRouter
  readonly otherwise: (route: 'fail') => FinishedRouter
}

function buildWith(matcher: unknown, schema?: unknown): FinishedRouter {
  const router = createIcebergRouter({ database: 'db', onBatch: () => undefined }) as unknown as UntypedRouter
  return router.on(matcher, { table, transform, ...(schema !== undefined && { schema }) }).otherwise('fail')
}

describe('a schema that is not a Standard Schema is a problem when the router is built', () => {
  it.each<[string, unknown, string]>([
    ['an Effect struct', effect, 'an Effect schema; pass Schema.toStandardSchemaV1(schema)'],
    ['an Effect class', EffectUser, 'an Effect schema; pass Schema.toStandardSchemaV1(schema)'],
    [
      'a schema of Effect that writes JSON Schema alone',
      Schema.toStandardJSONSchemaV1(Schema.Struct({ id: Schema.String })),
      'Schema.toStandardSchemaV1(schema)',
    ],
    [
      'a schema that writes JSON Schema alone',
      { '~standard': { version: 1, vendor: 'x', jsonSchema: { output: () => jsonSchema, input: () => jsonSchema } } },
      'a schema without ~standard.validate; pass a predicate that calls it',
    ],
    ['TypeBox 0.34', oldTypeBox, 'a TypeBox schema; pass (event) => Value.Check(schema, event)'],
    ['TypeBox 1', typeBox, 'a TypeBox schema; pass (event) => Value.Check(schema, event)'],
    ['TypeBox 0.34, compiled', TypeCompiler.Compile(oldTypeBox), 'pass (event) => compiled.Check(event)'],
    ['TypeBox 1, compiled', Compile(typeBox), 'pass (event) => compiled.Check(event)'],
    ['runtypes', runtype, 'a runtypes schema; pass (event) => schema.guard(event)'],
    ['Superstruct', { type: 'object', coercer: () => 0, refiner: () => 0 }, 'a schema without ~standard.validate'],
    ['io-ts', { _tag: 'x', is: () => true, decode: () => 0 }, 'a schema without ~standard.validate'],
    ['an old Zod', { _def: {}, parse: () => 0, safeParse: () => 0 }, 'a schema without ~standard.validate'],
    ['a JSON Schema', jsonSchema, 'a JSON Schema; pass a predicate'],
    ['a class', class Score {}, 'a class; pass a function'],
    ['a generator', function* scores() {}, 'a generator, whose result would match every event; pass a function'],
  ])('%s as matcher', (_, matcher, problem) => {
    expect(() => buildWith(matcher).handler()).toThrow(problem)
  })

  it.each<[string, unknown, string]>([
    ['an Effect struct', effect, 'pass Schema.toStandardSchemaV1(schema)'],
    ['TypeBox', typeBox, 'pass Compile(schema) of @sinclair/typemap'],
    ['runtypes', runtype, 'got a runtypes schema; pass a Standard Schema'],
    ['a pattern', { kind: 'a' }, 'schema: expected a Standard Schema (Zod, Valibot, ArkType, …), got object'],
  ])('%s as schema of a route', (_, schema, problem) => {
    expect(() => buildWith({ kind: 'a' }, schema).handler()).toThrow(problem)
  })
})

describe('the advice of the message works', () => {
  it.each<[string, unknown]>([
    ['Effect', Schema.toStandardSchemaV1(effect)],
    ['an Effect class', Schema.toStandardSchemaV1(EffectUser)],
    ['TypeBox 1', (event: unknown) => Value.Check(typeBox, event)],
    ['TypeBox 1, compiled', (event: unknown) => Compile(typeBox).Check(event)],
    ['TypeBox 0.34, compiled', (event: unknown) => TypeCompiler.Compile(oldTypeBox).Check(event)],
    ['runtypes', (event: unknown) => runtype.guard(event)],
    ['Joi', Joi.object({ id: Joi.string().required() }).unknown()],
    ['Yup', yup.object({ id: yup.string().strict().required() })],
    ['Sury', suryUser],
    ['Zod Mini', zodMini.object({ id: zodMini.string() })],
    ['a pattern of a JSON Schema of nothing', { id: 'a' }],
    ['a pattern with the words of one', { id: 'a', more: { type: 'object', properties: { id: 'string' } } }],
  ])('%s', async (_, matcher) => {
    const events = [{ id: 'a', more: { type: 'object', properties: { id: 'string' } } }, { id: 1 }]
    const { outcomes } = await buildWith(matcher).runBatch(eventOf(events))
    expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'failed'])
  })
})

describe('a predicate that returns an object', () => {
  it.each<[string, (event: unknown) => unknown]>([
    ['at once', (event) => zodMini.object({ id: zodMini.string() }).safeParse(event)],
    ['later', async (event) => zodMini.object({ id: zodMini.string() }).safeParse(event)],
    ['as a list', () => /x/.exec('x')],
    ['that is a function', () => () => false],
  ])('fails the record: it would match every event (%s)', async (_, matcher) => {
    const { outcomes } = await buildWith(matcher).runBatch(eventOf([{ id: 'a' }]))
    expect(outcomes).toMatchObject([
      {
        status: 'failed',
        failure: { code: 'InvalidMatch', table: 'users', message: expect.stringContaining('true or false') },
      },
    ])
  })

  it('a string, number, null or undefined counts as true or false instead', async () => {
    const answers: { readonly [kind: string]: unknown } = { text: 'yes', one: 1, null: null, empty: '', zero: 0 }
    const router = buildWith(({ id }: { readonly id: string }) => answers[id])
    const { outcomes } = await router.runBatch(eventOf([...Object.keys(answers), 'other'].map((id) => ({ id }))))
    expect(outcomes.map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
      'failed',
      'failed',
      'failed',
      'failed',
    ])
    expect(outcomes.at(-1)).toMatchObject({ failure: { code: 'NoRoute' } })
  })
})

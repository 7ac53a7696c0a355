import { type } from 'arktype'
import { Schema } from 'effect'
import { createIcebergRouter, defineTable, type FinishedRouter, t } from 'firehose-iceberg-router'
import Joi from 'joi'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as yup from 'yup'
import * as z from 'zod'
import { eventOf } from '../support/events.ts'
import sury from '../support/sury.ts'

const table = defineTable({ name: 'orders', columns: { id: t.string() } })
/** What JavaScript lets a user write. */
interface UntypedRouter {
  readonly on: (matcher: unknown, route: unknown) => UntypedRouter
  readonly otherwise: (route: unknown) => FinishedRouter
}

const start = createIcebergRouter({ database: 'db', onBatch: () => undefined }) as unknown as UntypedRouter

async function failureOf(schema: unknown, payload: object | string): Promise<unknown> {
  const router = start.otherwise({ table, schema, transform: () => ({ id: 'a' }) })
  const { outcomes, report } = await router.runBatch(eventOf([payload]))
  const [outcome] = outcomes
  if (outcome?.status !== 'failed') return outcome?.status
  expect(JSON.stringify([outcomes, report])).not.toContain('secret')
  return outcome.failure
}

const event = { id: 7, lines: [{ qty: 1 }, { qty: 'secret' }] }

describe('the most specific issue gives the path, list indexes as numbers', () => {
  it.each<[string, unknown, readonly string[]]>([
    [
      'Zod',
      z.object({ id: z.string(), lines: z.array(z.object({ qty: z.number() })) }),
      ['invalid_type', 'invalid_type'],
    ],
    ['Valibot', v.object({ id: v.string(), lines: v.array(v.object({ qty: v.number() })) }), ['string', 'number']],
    ['ArkType', type({ id: 'string', lines: type({ qty: 'number' }).array() }), ['domain', 'domain']],
    [
      'Effect',
      Schema.toStandardSchemaV1(
        Schema.Struct({ id: Schema.String, lines: Schema.Array(Schema.Struct({ qty: Schema.Number })) }),
      ),
      [],
    ],
    [
      'Yup',
      yup.object({ id: yup.string().strict(), lines: yup.array().of(yup.object({ qty: yup.number().required() })) }),
      [],
    ],
  ])('%s', async (_, schema, codes) => {
    const failure = await failureOf(schema, event)
    const issues = ['id', 'lines[1].qty'].map((path, index) => ({ ...(codes[index] && { code: codes[index] }), path }))
    expect(failure).toMatchObject({ code: 'SchemaMismatch', path: 'lines[1].qty' })
    const { issues: found } = failure as { readonly issues: readonly { readonly path: string }[] }
    expect(found.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual(issues)
  })

  it.each<[string, unknown]>([
    ['Joi', Joi.object({ lines: Joi.array().items(Joi.object({ qty: Joi.number() })) }).unknown()],
    ['Sury', sury.schema({ lines: sury.array(sury.schema({ qty: sury.number })) })],
  ])('%s, which stops at the first', async (_, schema) => {
    expect(await failureOf(schema, event)).toMatchObject({ path: 'lines[1].qty', issues: [{ path: 'lines[1].qty' }] })
  })

  const inner = { a: { b: 'secret' } }
  it.each<[string, unknown]>([
    ['Zod', z.object({ u: z.union([z.object({ c: z.number() }), z.object({ a: z.object({ b: z.number() }) })]) })],
    ['Valibot', v.object({ u: v.union([v.object({ c: v.number() }), v.object({ a: v.object({ b: v.number() }) })]) })],
    ['ArkType', type({ u: type({ c: 'number' }).or({ a: { b: 'number' } }) })],
    [
      'Effect',
      Schema.toStandardSchemaV1(
        Schema.Struct({
          u: Schema.Union([
            Schema.Struct({ c: Schema.Number }),
            Schema.Struct({ a: Schema.Struct({ b: Schema.Number }) }),
          ]),
        }),
      ),
    ],
  ])('of a union the member that got furthest (%s)', async (_, schema) => {
    expect(await failureOf(schema, { u: inner })).toMatchObject({ path: 'u.a.b' })
  })

  it('a key of digits stays a key where the event has an object', async () => {
    const schema = yup.object({ r: yup.object({ 0: yup.number().required() }) })
    expect(await failureOf(schema, { r: { x: 1 } })).toMatchObject({ path: 'r[*]' })
  })
})

describe('the issues in a failure', () => {
  const list = z.object({ ids: z.array(z.number()) })

  it('are ten at most; cause holds all', async () => {
    const failure = await failureOf(list, { ids: Array.from({ length: 500 }, () => 'secret') })
    expect(failure).toMatchObject({ path: 'ids[0]', message: expect.stringContaining('500 issues') })
    const { issues, cause } = failure as { readonly issues: readonly unknown[]; readonly cause: readonly unknown[] }
    expect(issues).toEqual(Array.from({ length: 10 }, (_, index) => ({ code: 'invalid_type', path: `ids[${index}]` })))
    expect(cause).toHaveLength(500)
    expect(Object.keys(failure as object)).not.toContain('cause')
  })

  it('have no code where a library puts data there, and no key that could be data', async () => {
    const validate = (): unknown => ({ issues: [{ message: 'm', code: 'the secret', path: ['a secret'] }] })
    const schema = { '~standard': { version: 1, vendor: 'x', validate } }
    expect(await failureOf(schema, {})).toMatchObject({ path: '[*]', issues: [{ path: '[*]' }] })
  })

  it('may contain themselves', async () => {
    const issue: { message: string; path: string[]; issues: unknown[] } = { message: 'm', path: ['a'], issues: [] }
    issue.issues.push(issue)
    const schema = { '~standard': { version: 1, vendor: 'x', validate: () => ({ issues: [issue] }) } }
    expect(await failureOf(schema, {})).toMatchObject({ path: expect.stringMatching(/^a(\.a){1,8}$/) })
  })
})

describe('a schema that rounds a whole number beyond 2^53', () => {
  const payload = '{"kind":"a","lines":[{"n":9007199254740993}]}'
  const yupSchema = yup.object({ lines: yup.array().of(yup.object({ n: yup.number() })) })
  const coercing = z.object({ lines: z.array(z.object({ n: z.coerce.number() })) })

  it.each<[string, unknown]>([
    ['Yup', yupSchema],
    ['Zod, coercing', coercing],
  ])('fails the record (%s)', async (_, schema) => {
    expect(await failureOf(schema, payload)).toMatchObject({ code: 'OutOfRange', path: 'lines[0].n' })
  })

  it('fails the record with strict(), as Yup throws at a bigint', async () => {
    const strict = yup.object({ lines: yup.array().of(yup.object({ n: yup.number().strict() })) })
    expect(await failureOf(strict, payload)).toMatchObject({ code: 'SchemaThrew' })
    const mixed = yup.object({ lines: yup.array().of(yup.object({ n: yup.mixed() })) })
    expect(await failureOf(mixed, payload)).toBe('delivered')
  })

  it('fails the record as matcher as well', async () => {
    const amounts = defineTable({ name: 'amounts', columns: { n: t.double() } })
    const router = start.on(yupSchema, { table: amounts, transform: () => ({ n: 1 }) }).otherwise('fail')
    const { outcomes } = await router.runBatch(eventOf([payload]))
    expect(outcomes).toMatchObject([{ failure: { code: 'OutOfRange', path: 'lines[0].n', table: 'amounts' } }])
  })

  it.each<[string, unknown, string]>([
    ['a number that is exact', coercing, '{"lines":[{"n":9007199254740992}]}'],
    ['a bigint', z.object({ lines: z.array(z.object({ n: z.bigint() })) }), payload],
    ['a string', yup.object({ lines: yup.array().of(yup.object({ n: yup.string() })) }), payload],
    ['something else there', z.object({ lines: z.array(z.object({ n: z.bigint() })).transform(() => [1]) }), payload],
  ])('is other than %s', async (_, schema, text) => {
    expect(await failureOf(schema, text)).toBe('delivered')
  })
})

describe('the keys of maps', () => {
  const user = { age: 'secret' }
  const users = { users: { Alice_Smith: user }, id: 1 }
  const self: z.ZodType = z.lazy(() =>
    z.object({ users: z.record(z.string(), self).optional(), age: z.number().optional() }),
  )

  it.each<[string, unknown, object]>([
    ['Zod', z.object({ users: z.record(z.string(), z.object({ age: z.number() })) }), users],
    [
      'Zod, in a union',
      z.object({ users: z.union([z.null(), z.record(z.string(), z.object({ age: z.number() }))]) }),
      users,
    ],
    ['Zod, in a schema that contains itself', self, users],
    ['ArkType', type({ users: { '[string]': { age: 'number' } } }), users],
    [
      'a schema of its own with patterns',
      {
        '~standard': {
          version: 1,
          vendor: 'own',
          validate: () => ({ issues: [{ message: 'no', path: ['users', 'Alice_Smith', 'age'] }] }),
          jsonSchema: {
            input: () => ({
              properties: { users: { $ref: '#/$defs/users' } },
              $defs: { users: { patternProperties: { '^.*$': { properties: { age: {} } } } } },
            }),
          },
        },
      },
      users,
    ],
  ])('never reach a failure: %s', async (_, schema, payload) => {
    const failure = await failureOf(schema, payload)
    expect(failure).toMatchObject({ code: 'SchemaMismatch', path: 'users[*].age' })
    expect(JSON.stringify(failure)).not.toContain('Alice')
  })

  it('are told from fields, also behind them and in lists', async () => {
    const schema = z.object({
      a: z.array(z.record(z.string(), z.object({ b: z.number() }))),
      c: z.looseObject({ d: z.number() }),
    })
    const failure = await failureOf(schema, { a: [{ Alice: { b: 'secret' } }], c: { d: 'secret', Bob: 1 } })
    expect(failure).toMatchObject({ issues: [{ path: 'a[0][*].b' }, { path: 'c.d' }] })
  })

  it.each([
    ['writes none', undefined],
    [
      'throws',
      {
        input: () => {
          throw new Error('no')
        },
      },
    ],
    ['writes something else', { input: () => 'nothing' }],
    ['refers to nothing', { input: () => ({ properties: { users: { $ref: '#/$defs/no' } } }) }],
    ['refers to itself', { input: () => ({ $ref: '#' }) }],
  ])('are shown by a schema that %s', async (_, jsonSchema) => {
    const validate = (): unknown => ({ issues: [{ message: 'no', path: ['users', 'Alice'] }] })
    const schema = { '~standard': { version: 1, vendor: 'own', validate, ...(jsonSchema && { jsonSchema }) } }
    expect(await failureOf(schema, {})).toMatchObject({ path: 'users.Alice' })
  })
})

import { createIcebergRouter, deadLetterTable, defineTable, type Failed, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { eventOf } from '../support/events.ts'
// @ts-expect-error a module without types, as a user's handler may be
import * as fixture from './fixtures/throws.mjs'

const log = defineTable({ name: 'log', columns: { id: t.string() } })
interface Fixture {
  readonly transform: () => never
  readonly later: () => Promise<never>
  readonly inPackage: () => never
  readonly forged: () => never
  readonly noError: () => never
  readonly getter: { readonly id: string }
}
const user: Fixture = fixture
const failing = (): never => user.transform()

/** The failures of one record, by what of the router throws. */
const throwing = {
  transform: () => ({ table: log, transform: user.transform }),
  'asynchronous transform': () => ({ table: log, transform: user.later }),
  'schema that throws': () => ({ table: log, schema: z.any().transform(failing), transform: user.transform }),
  operation: () => ({ table: log, operation: failing, transform: () => ({ id: 'a' }) }),
  row: () => ({ table: log, transform: () => user.getter }),
} as const

async function failureOf(route: object, options: object = {}): Promise<Failed['failure']> {
  const router = createIcebergRouter({ database: 'db', onBatch: [], ...options }).otherwise(route as never)
  const { outcomes } = await router.runBatch(eventOf([{ id: 'a' }]))
  return (outcomes[0] as Failed).failure
}

describe('the place where user code threw', () => {
  it.each<[keyof typeof throwing, string, string]>([
    ['transform', 'TransformThrew', 'the transform threw a TypeError at throws.mjs:4:21'],
    ['asynchronous transform', 'TransformThrew', 'the transform threw a RangeError at throws.mjs:9:9'],
    ['schema that throws', 'SchemaThrew', 'the schema threw a TypeError at throws.mjs:4:21'],
    ['operation', 'OperationThrew', 'the operation function threw a TypeError at throws.mjs:4:21'],
    ['row', 'RowUnreadable', 'reading the row threw an Error at throws.mjs:18:11'],
  ])('is in the failure of a %s', async (what, code, message) => {
    const failure = await failureOf(throwing[what]())
    expect(failure).toMatchObject({ code, message, thrownAt: message.split(' at ')[1] })
  })

  it('is in the failure of a matcher and of batchContext', async () => {
    const matching = createIcebergRouter({ database: 'db', onBatch: [] }).on(failing, 'drop')
    expect((await matching.runBatch(eventOf([{}]))).outcomes[0]).toMatchObject({
      failure: { code: 'MatcherThrew', message: 'the matcher threw a TypeError at throws.mjs:4:21' },
    })
    const loading = createIcebergRouter({ database: 'db', onBatch: [] })
      .batchContext(failing)
      .otherwise({ table: log, transform: () => ({ id: 'a' }) })
    expect((await loading.runBatch(eventOf([{}]))).outcomes[0]).toMatchObject({
      failure: { code: 'ContextFailed', message: 'batchContext threw a TypeError at throws.mjs:4:21' },
    })
  })

  it('is the place of the user, not of what was called', async () => {
    expect((await failureOf({ table: log, transform: user.inPackage })).thrownAt).toBe('throws.mjs:13:15')
  })

  it('is never taken from a message, which may hold what a record holds', async () => {
    expect((await failureOf({ table: log, transform: user.forged })).thrownAt).toBe('throws.mjs:23:9')
    const stack = 'Error: first\n    at secret (secret.mjs:1:2)'
    const transform = (): never => {
      throw Object.assign(new Error('second'), { stack })
    }
    expect((await failureOf({ table: log, transform })).message).toBe('the transform threw an Error')
    expect(await failureOf({ table: log, transform: user.noError })).toMatchObject({
      message: 'the transform threw a string',
    })
  })

  it('makes a group of its own in the report', async () => {
    const router = createIcebergRouter({ database: 'db', onBatch: [] }).otherwise({
      table: log,
      transform: ({ id }) => (id === 'a' ? user.transform() : user.inPackage()),
    })
    const { report } = await router.runBatch(eventOf([{ id: 'a' }, { id: 'b' }, { id: 'b' }]))
    expect(report.failures.map(({ thrownAt, count }) => [thrownAt, count])).toEqual([
      ['throws.mjs:13:15', 2],
      ['throws.mjs:4:21', 1],
    ])
  })

  it('is in the dead-letter row', async () => {
    const deadLetter = deadLetterTable()
    const router = createIcebergRouter({ database: 'db', deadLetter, onBatch: [] }).otherwise({
      table: log,
      transform: failing,
    })
    const { response } = await router.runBatch(eventOf([{ id: 'a' }]))
    const row = JSON.parse(
      Buffer.from((response.records[0] as { readonly data?: string }).data ?? '', 'base64').toString(),
    )
    expect(row.message).toBe('the transform threw a TypeError at throws.mjs:4:21')
  })
})

describe('the words of user code', () => {
  const later = { table: log, transform: user.later }
  const schema = z.object({ id: z.number('the id must be a number'), at: z.object({ day: z.string() }) })
  const mismatch = { table: log, schema, transform: () => ({ id: 'a' }) }

  it('are in the cause only, by default', async () => {
    const failure = await failureOf(later)
    expect(JSON.stringify(failure)).not.toContain('secret')
    expect(failure.cause).toMatchObject({ message: 'the secret of a later one' })
  })

  it('are in the message with explain', async () => {
    const failure = await failureOf(later, { explain: true })
    expect(failure.message).toBe('the transform threw a RangeError at throws.mjs:9:9: the secret of a later one')
    expect(failure.cause).toMatchObject({ message: 'the secret of a later one' })
    expect((await failureOf({ table: log, transform: user.noError }, { explain: true })).message).toBe(
      'the transform threw a string: a secret',
    )
  })

  it('are in one line, and not too long', async () => {
    const transform = (): never => {
      throw new Error(`${'x'.repeat(1000)}\n\u001b[31m`)
    }
    const { message } = await failureOf({ table: log, transform }, { explain: true })
    expect(message).toMatch(/^[\x20-\x7e]{300,450}$/)
  })

  it("of a schema are its issues' messages; code and path are in every failure", async () => {
    const plain = await failureOf(mismatch)
    const codes = "the event does not fit the route's zod schema (2 issues): invalid_type at id, invalid_type at at"
    expect(plain).toMatchObject({
      message: codes,
      issues: [
        { code: 'invalid_type', path: 'id' },
        { code: 'invalid_type', path: 'at' },
      ],
    })
    expect(plain.cause).toMatchObject([{ message: 'the id must be a number' }, { path: ['at'] }])
    expect((await failureOf(mismatch, { explain: true })).message).toMatch(
      /^the event does not fit .*invalid_type at at: the id must be a number; Invalid input/,
    )
  })
})

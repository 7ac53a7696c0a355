import { inspect } from 'node:util'
import {
  createEmfReporter,
  createIcebergRouter,
  createJsonReporter,
  defineTable,
  isIcebergRouterError,
  RetryBatchError,
  t,
} from 'firehose-iceberg-router'
import { toAthenaDdl, toTerraform } from 'firehose-iceberg-router/artefacts'
import { createFirehoseTarget, createKinesisTarget, createSigner } from 'firehose-iceberg-router/reingest'
import { expect, it } from 'vitest'

const log = defineTable({ name: 'log', columns: { id: t.string() } })
const database = 'db'
const client = { send: async () => ({ RequestResponses: [] }) }
const unset: string | undefined = process.env['A_VARIABLE_THAT_IS_NOT_SET']

/** What a mistake in the settings says; as JavaScript makes it, because TypeScript refuses most of them. */
const mistakes: readonly (readonly [string, () => unknown, string])[] = [
  [
    'a budget beyond Lambda',
    () => createIcebergRouter({ database, responseBudgetBytes: 10_000_000 }).otherwise('drop').handler(),
    'responseBudgetBytes: expected a whole number from 1 to 6291556, got 10000000',
  ],
  [
    'a string for a number',
    () =>
      createIcebergRouter({ database, concurrency: '8' as never })
        .otherwise('drop')
        .handler(),
    'concurrency: expected a whole number from 1 to 10000, got "8"',
  ],
  [
    'a type without its parentheses',
    () => defineTable({ name: 'log', columns: { id: t.int as never } }),
    'columns.id: expected a column like t.string(), got a function: add its parentheses, as in t.int()',
  ],
  ['a reporter without options', () => createEmfReporter(undefined as never), 'expected an object with namespace'],
  ['a reporter with null', () => createJsonReporter(null as never), 'expected an object with when'],
  [
    'a word that a reporter does not know',
    () => createJsonReporter({ when: 'errors' as never }),
    'when: expected "all" or "failures", got "errors"',
  ],
  [
    'a RegExp in a pattern',
    () =>
      createIcebergRouter({ database })
        .on({ type: /^order/ as never }, 'drop')
        .handler(),
    'the pattern at type: expected a string, number, boolean, null, a list of them, or an object, got a RegExp; use a predicate: (event) => /…/.test(event.field)',
  ],
  [
    'a function in a pattern',
    () =>
      createIcebergRouter({ database })
        .on({ type: (() => true) as never }, 'drop')
        .handler(),
    'got a function; a predicate takes the whole event',
  ],
  [
    'a Date in a pattern',
    () =>
      createIcebergRouter({ database })
        .on({ at: new Date() as never }, 'drop')
        .handler(),
    'a list of them, or an object, got object',
  ],
  [
    'a folder that is no string',
    () => toAthenaDdl(log, { database, location: 7n as never }),
    'location: expected an S3 folder like s3://bucket/folder/, got bigint',
  ],
  [
    'a folder where a function belongs',
    () => toTerraform([log], { database, location: 's3://bucket/folder/' as never }),
    'location: expected a function of a table that returns its folder, got "s3://bucket/folder/"',
  ],
  [
    'a secret that is not set',
    () => createFirehoseTarget({ client, secret: unset }),
    'secret: expected at least 32 characters, got undefined; set the variable that it comes from, or leave the option out to sign nothing',
  ],
  [
    'a secret of Kinesis that is not set',
    () => createKinesisTarget({ client, secret: unset }),
    'secret: expected at least 32 characters, got undefined',
  ],
  ['a signer without a secret', () => createSigner(unset), 'secret: expected a string, got undefined'],
]

it.each(mistakes)('%s is named, with what came', (_, make, message) => {
  let thrown: unknown
  try {
    make()
  } catch (error) {
    thrown = error
  }
  expect(isIcebergRouterError(thrown)).toBe(true)
  expect(String(thrown)).toContain(message)
})

it('targets without a secret sign nothing, which is allowed', () => {
  expect(() => createFirehoseTarget({ client })).not.toThrow()
})

it('errors print with their names, whatever a minifier calls their classes', () => {
  expect(inspect(new RetryBatchError('later'))).toMatch(/^RetryBatchError: later\n/)
  for (const [, make] of mistakes.slice(0, 1))
    expect(make).toThrow(expect.objectContaining({ name: 'IcebergRouterError' }))
})

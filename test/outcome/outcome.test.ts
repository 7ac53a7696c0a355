import { RetryBatchError } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { failed, isFailed } from '../../src/outcome/outcome.ts'
import { isRetryBatchError } from '../../src/outcome/retry-error.ts'
import { compileDestination } from '../../src/outcome/routing.ts'
import { defineTable } from '../../src/table/table.ts'
import { string } from '../../src/table/types/string.ts'

describe('a RetryBatchError', () => {
  it('is known by a brand that all copies of the package share', () => {
    const cause = new Error('down')
    const error = new RetryBatchError('again', { cause })
    expect(error).toMatchObject({ name: 'RetryBatchError', message: 'again', cause })
    expect(error).toBeInstanceOf(Error)
    expect(isRetryBatchError(error)).toBe(true)
    const brand = Symbol.for('firehose-iceberg-router.retry')
    expect(Reflect.get(error, brand)).toBe(true)
    expect(isRetryBatchError({ [brand]: true })).toBe(true)
    // It does not show where the error is printed.
    expect(Object.keys(error)).not.toContain(brand)
    expect(Object.getOwnPropertyDescriptor(error, brand)?.enumerable).toBe(false)
  })

  it.each([[undefined], [null], ['RetryBatchError'], [5], [new Error('RetryBatchError')], [{}], [() => undefined]])(
    'is not %o',
    (value) => {
      expect(isRetryBatchError(value)).toBe(false)
    },
  )

  it('is not a proxy that throws when it is asked', () => {
    const proxy = new Proxy(
      {},
      {
        has: () => {
          throw new Error('no')
        },
      },
    )
    expect(isRetryBatchError(proxy)).toBe(false)
  })
})

describe('the outcome of a record that failed', () => {
  const failure = { code: 'NoRoute', message: 'no' } as const

  it('has its cause, which does not show where it is printed', () => {
    const cause = new Error('secret')
    const outcome = failed('a', { ...failure, cause })
    expect(outcome.failure.cause).toBe(cause)
    expect(JSON.stringify(outcome)).not.toContain('cause')
    expect(Object.keys(outcome.failure)).not.toContain('cause')
    expect('cause' in failed('a', failure).failure).toBe(false)
  })

  it('is told from everything else', () => {
    expect(isFailed(failed('a', failure))).toBe(true)
    for (const other of [{ status: 'delivered' }, {}, []]) expect(isFailed(other)).toBe(false)
  })
})

describe('a destination', () => {
  const table = defineTable({ name: 'log', columns: { id: string() } })
  const names = { destinationDatabaseName: 'db', destinationTableName: 'log' }

  it('has a routing for each operation, with its own counter', () => {
    const { routings, appendOnly } = compileDestination(table, { database: 'db' }, 2)
    expect(appendOnly).toBe(false)
    for (const [index, operation] of (['insert', 'update', 'delete'] as const).entries()) {
      const otfMetadata = { ...names, operation }
      expect(routings[operation]).toMatchObject({ table: 'log', operation, metadata: { otfMetadata } })
      expect(routings[operation].counterIndex).toBe(6 + index)
      const added = Buffer.byteLength(JSON.stringify({ metadata: { otfMetadata } })) - '{}'.length + ','.length
      expect(routings[operation].metadataBytes).toBe(added)
    }
  })

  it('names no operation on an append-only stream, and cannot be changed by user code', () => {
    const { routings } = compileDestination(table, { database: 'db', appendOnly: true }, 0)
    expect(routings.insert.metadata).toEqual({ otfMetadata: names })
    expect(Object.isFrozen(routings.insert.metadata) && Object.isFrozen(routings.insert.metadata.otfMetadata)).toBe(
      true,
    )
  })

  it('writes a row, with an encoder that is made for the first one', () => {
    const { insert } = compileDestination(table, { database: 'db' }, 0).routings
    const before = insert.encode
    expect(insert.encode({ id: 'a' }, 'insert')).toBe(Buffer.from('{"id":"a"}').toString('base64'))
    expect(insert.encode).not.toBe(before)
    expect(insert.encode({ id: 'b' }, 'insert')).toBe(Buffer.from('{"id":"b"}').toString('base64'))
  })
})

import { expect, test } from 'vitest'
import type { FirehoseRecord } from '../../src/firehose/event.ts'
import { defineTable, s, select, t } from '../../src/index.ts'
import { runBatch } from '../../src/router/batch.ts'
import { bothEngines } from './engines.ts'

// The time of arrival is a number or missing, but WebAssembly would also take other values as a number.

const table = defineTable({ name: 't', columns: { at: t.nullable(t.timestamp()) } })
const engines = bothEngines([], { table, transform: select({ at: s.metadata('arrivalTime') }) })

async function expectSame(arrival: unknown): Promise<void> {
  const record = { recordId: '1', approximateArrivalTimestamp: arrival, data: 'e30=' } as FirehoseRecord
  const event = { invocationId: 'i', deliveryStreamArn: 'arn', region: 'us-east-1', records: [record] }
  const [plain, compiled] = [await runBatch(engines.plain, event), await runBatch(engines.compiled, event)]
  expect(compiled.outcomes).toEqual(plain.outcomes)
}

test.each([
  0,
  -0,
  1.5,
  1_768_205_703_000,
  1e13,
  -1e13,
  9_007_199_254_740,
  9_007_199_254_741,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  undefined,
  5n,
])('%s is the same time for both engines', expectSame)

// WebAssembly would convert any of these to a number.
test.each([[null], ['1768205703000'], [''], [true], [[1_768_205_703_000]], [new Date(1_768_205_703_000)]])(
  '%s is not a time for both engines',
  expectSame,
)

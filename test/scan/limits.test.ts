import { describe, expect, test } from 'vitest'
import type { FirehoseRecord } from '../../src/firehose/event.ts'
import { defineTable, s, select, t } from '../../src/index.ts'
import { runBatch } from '../../src/router/batch.ts'
import { bothEngines } from './engines.ts'

// At its limits the compiled engine takes a record or leaves it to the plain one: the row is the same.

const data = Buffer.from('{"a":"x"}').toString('base64')
const recordOf = (recordId: string, partitionKey: string, payload = data): FirehoseRecord => ({
  recordId,
  approximateArrivalTimestamp: 0,
  data: payload,
  kinesisRecordMetadata: {
    sequenceNumber: '1',
    subsequenceNumber: 0,
    partitionKey,
    shardId: 's',
    approximateArrivalTimestamp: 0,
  },
})

function routerOf(selection: { readonly [column: string]: unknown }) {
  const columns = { id: t.string(), key: t.string(), a: t.string() }
  const names = Object.keys(selection) as (keyof typeof columns)[]
  const table = defineTable({ name: 't', columns: Object.fromEntries(names.map((name) => [name, columns[name]])) })
  return bothEngines([], { table, transform: select(selection as never) })
}

async function expectSame(engines: ReturnType<typeof bothEngines>, records: readonly FirehoseRecord[]): Promise<void> {
  const event = { invocationId: 'i', deliveryStreamArn: 'arn', region: 'us-east-1', records }
  const [plain, compiled] = [await runBatch(engines.plain, event), await runBatch(engines.compiled, event)]
  expect(compiled.outcomes).toEqual(plain.outcomes)
}

describe('metadata of a record', () => {
  // A code unit takes six bytes at most, and the scanner has room for 1,024 with the quotes.
  test.each([
    ['170 characters', 'x', 170, 1],
    ['170 control characters, 1,022 bytes', '\u0001', 170, 1],
    ['171 characters', 'x', 171, 0],
    ['171 control characters, 1,028 bytes', '\u0001', 171, 0],
    ['1,000 control characters', '\u0001', 1000, 0],
    ['1,000 characters of three bytes', '本', 1000, 0],
    ['100,000 quotes', '"', 100_000, 0],
  ])('of %s is the same in both engines', async (_, unit, count, taken) => {
    const engines = routerOf({ id: s.metadata('recordId'), key: s.metadata('partitionKey'), a: 'a' })
    const long = unit.repeat(count)
    await expectSame(engines, [
      recordOf(long, 'key'),
      recordOf('id', long),
      recordOf(long, long),
      recordOf('id', 'key'),
    ])
    expect(engines.taken()).toBe(taken * 3 + 1)
  })
})

describe('the payload of a record', () => {
  /** Base64 of a document of exactly this many characters, most of which no column takes. */
  const base64Of = (characters: number): string => {
    const rest = (characters / 4) * 3 - '{"a":"x","b":""}'.length
    return Buffer.from(`{"a":"x","b":"${'b'.repeat(rest)}"}`).toString('base64')
  }

  test.each([
    ['8 MiB of base64, by the compiled one', 8 * 1024 * 1024, 1],
    ['four characters more, by the plain one', 8 * 1024 * 1024 + 4, 0],
  ])('of %s', async (_, characters, taken) => {
    const engines = routerOf({ a: 'a' })
    const payload = base64Of(characters)
    expect(payload).toHaveLength(characters)
    await expectSame(engines, [recordOf('id', 'key', payload), recordOf('id', 'key')])
    expect(engines.taken()).toBe(taken + 1)
  })
})

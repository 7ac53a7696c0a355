import type { FirehoseRecord } from '../../src/firehose/event.ts'
import { runBatch } from '../../src/router/batch.ts'
import { compileRouter } from '../../src/router/compile-router.ts'
import type { CompiledRouter, RouteDefinition } from '../../src/router/model.ts'

/** A router with both engines of `select`. */
export interface Engines {
  readonly plain: CompiledRouter
  readonly compiled: CompiledRouter
  /** How many records the compiled engine took. */
  readonly taken: () => number
}

/** Builds a router twice: with both engines, and with the plain engine only. */
export function bothEngines(routes: readonly RouteDefinition[], otherwise: RouteDefinition['route'] = 'fail'): Engines {
  const built = compileRouter({ options: { database: 'db', onBatch: () => undefined }, routes, otherwise })
  let taken = 0
  const { fastPath: take } = built
  const fastPath: CompiledRouter['fastPath'] =
    take &&
    ((records) => {
      const deliveries = take(records)
      taken += deliveries.filter((delivery) => delivery !== undefined).length
      return deliveries
    })
  return { plain: { ...built, fastPath: undefined }, compiled: { ...built, fastPath }, taken: () => taken }
}

/** A document for which the engines have different answers, and these answers. */
export interface Disagreement {
  readonly document: Uint8Array
  readonly plain: unknown
  readonly compiled: unknown
}

/** Runs records with both engines and compares the results: rows, codes, messages, paths and answers. */
export async function findDisagreement(
  { plain, compiled }: Engines,
  documents: readonly Uint8Array[],
): Promise<Disagreement | undefined> {
  const event = {
    invocationId: 'invocation',
    deliveryStreamArn: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/test',
    region: 'us-east-1',
    records: documents.map(toRecord),
  }
  const [theirs, ours] = [await runBatch(plain, event), await runBatch(compiled, event)]
  for (const [index, document] of documents.entries()) {
    const expected = [theirs.outcomes[index], theirs.response.records[index]]
    const got = [ours.outcomes[index], ours.response.records[index]]
    if (JSON.stringify(got) !== JSON.stringify(expected)) return { document, plain: expected, compiled: got }
  }
  return undefined
}

function toRecord(document: Uint8Array, index: number): FirehoseRecord {
  const data = Buffer.from(document).toString('base64')
  const kinesisRecordMetadata = {
    sequenceNumber: '1',
    subsequenceNumber: 0,
    partitionKey: `key "${index}"`,
    shardId: 'shard',
    approximateArrivalTimestamp: 1_768_205_703_000,
  }
  const recordId = `record-${index}`
  return { recordId, approximateArrivalTimestamp: 1_768_205_703_000 + index, data, kinesisRecordMetadata }
}

import { Buffer } from '../../firehose/buffer.ts'
import { payloadOf } from '../../firehose/decode.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../../firehose/limits.ts'
import { type Failed, failed } from '../../outcome/outcome.ts'
import { type Delivery, rowText } from '../../outcome/pending-row.ts'
import { type Account, furtherRows, lineageOf, recordAt } from '../../router/batch-state.ts'
import type { CompiledRouter } from '../../router/compile.ts'
import { kindOf } from '../../router/fail.ts'
import type { Lineage } from '../../router/fanned-out.ts'
import type { ReingestItem } from '../../router/target.ts'
import { type RecordHead, type RowHead, recordHead } from './head.ts'
import { MAX_HOPS, sealEnvelope } from './seal.ts'

/** A record that has something to put back onto the stream: itself, or its further rows. */
export interface Sender {
  /** Its place in the batch. */
  readonly index: number
  readonly delivery: Delivery
  /** The record itself goes back, because its row did not fit into the response. */
  readonly whole: boolean
}

/** What one record puts back onto the stream. */
export interface Shipment extends Sender {
  /** How often the record has been put back before. */
  readonly hops: number
  readonly items: readonly ReingestItem[]
}

interface Piece {
  readonly head: RowHead | RecordHead
  readonly body: string
}

/** Packs what a record has to put back. It is all or nothing: where one piece cannot go, none of them does. */
export function packShipment(router: CompiledRouter, account: Account, sender: Sender): Shipment | Failed {
  const { index, delivery, whole } = sender
  const { recordId, route, routing } = delivery
  const { hops } = lineageOf(account, index)
  const fail = (code: 'TooManyHops' | 'EnvelopeTooLarge' | 'ReingestFailed', message: string): Failed =>
    failed(recordId, { code, message, route, table: routing.table })
  if (whole && hops >= MAX_HOPS) {
    return fail(
      'TooManyHops',
      `put back ${MAX_HOPS} times already; use a smaller BufferSizeInMBs on the stream, or smaller rows`,
    )
  }
  const pieces = whole
    ? [wholePiece(router, lineageOf(account, index), delivery)]
    : furtherPieces(router, account, index)
  const record = recordAt(account, index)
  let items: ReingestItem[]
  try {
    items = pieces.map(({ head, body }) => toItem(record, sealEnvelope(head, body, router.reingest?.signer)))
  } catch (cause) {
    return fail('ReingestFailed', `signing the envelope threw ${kindOf(cause)}`)
  }
  const largest = Math.max(...items.map(({ data }) => data.length))
  if (largest <= MAX_RECORD_BYTES) return { ...sender, hops, items }
  return fail('EnvelopeTooLarge', `in its envelope it has ${largest} bytes, and a record may have ${MAX_RECORD_BYTES}`)
}

function wholePiece(router: CompiledRouter, lineage: Lineage, delivery: Delivery): Piece {
  if (lineage.kind === 'record') {
    const body = Buffer.from(payloadOf(lineage.record) ?? '', 'base64').toString('utf8')
    return { head: recordHead(lineage), body }
  }
  const { hops, originId, index } = lineage
  const { table, operation } = delivery.routing
  const head = {
    kind: 'row',
    origin: originId,
    index,
    hops: hops + 1,
    database: router.database,
    table,
    operation,
  } as const
  return { head, body: rowText(delivery) }
}

/** A row counts its own hops: it makes no others, so it cannot go round, and one that fails can be replayed at any time. */
function furtherPieces({ database }: CompiledRouter, account: Account, place: number): Piece[] {
  const lineage = lineageOf(account, place)
  const origin = lineage.kind === 'record' ? lineage.record.recordId : lineage.originId
  return furtherRows(account, place).map(({ index, table, operation, row }) => {
    return { head: { kind: 'row', origin, index, hops: 1, database, table, operation }, body: row }
  })
}

/** A Kinesis stream gets the partition key that the record came with, so that it lands in the shard it came from. */
function toItem(record: FirehoseRecord, data: Uint8Array): ReingestItem {
  const partitionKey = 'kinesisRecordMetadata' in record ? record.kinesisRecordMetadata?.partitionKey : undefined
  return partitionKey === undefined ? { data } : { data, partitionKey }
}

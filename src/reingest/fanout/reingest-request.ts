import { Buffer, isUtf8 } from '../../firehose/buffer.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../../firehose/limits.ts'
import { partitionKeyOf, payloadOf } from '../../firehose/stream-source.ts'
import { type Failed, failed } from '../../outcome/outcome.ts'
import { type PendingRow, rowText } from '../../outcome/pending-row.ts'
import { extraRowsOf, lineageOf, recordAt } from '../../router/batch-state.ts'
import type { BatchState, Lineage } from '../../router/model.ts'
import type { ReingestItem } from '../../router/target.ts'
import { describeThrown } from '../../router/thrown.ts'
import { type RecordHead, type RowHead, recordHead } from './head.ts'
import { MAX_HOPS, sealEnvelope } from './seal.ts'

/** A record that has something to put back onto the stream. */
export interface ReingestSubject {
  /** Its position in the batch. */
  readonly index: number
  readonly row: PendingRow
  /** The record itself goes back, because its row did not fit into the response; otherwise its extra rows do. */
  readonly isWhole: boolean
}

/** Everything that one record puts back onto the stream. */
export interface ReingestRequest extends ReingestSubject {
  /** The number of times that the record has been put back before. */
  readonly hops: number
  readonly items: readonly ReingestItem[]
}

/** The content of an envelope before it is sealed. */
interface Content {
  readonly head: RowHead | RecordHead
  readonly body: string
}

/** Seals everything that a record has to put back, or fails the record if one part of it cannot go. */
export function createRequest(batch: BatchState, subject: ReingestSubject): ReingestRequest | Failed {
  const { index, row, isWhole } = subject
  const { recordId, route, routing } = row
  const { hops } = lineageOf(batch, index)
  const fail = (code: 'TooManyHops' | 'EnvelopeTooLarge' | 'ReingestFailed', message: string): Failed =>
    failed(recordId, { code, message, route, table: routing.table })
  if (isWhole && hops >= MAX_HOPS) {
    return fail(
      'TooManyHops',
      `put back ${MAX_HOPS} times already; use a smaller BufferSizeInMBs on the stream, or smaller rows`,
    )
  }
  const contents = isWhole ? [wholeContent(batch, lineageOf(batch, index), row)] : extraContents(batch, index)
  const record = recordAt(batch, index)
  let items: ReingestItem[]
  try {
    items = contents.map(({ head, body }) => toItem(record, sealEnvelope(head, body, batch.router.reingest?.signer)))
  } catch (cause) {
    return fail('ReingestFailed', `signing the envelope threw ${describeThrown(cause).text}`)
  }
  const largest = Math.max(...items.map(({ data }) => data.length))
  if (largest <= MAX_RECORD_BYTES) return { ...subject, hops, items }
  return fail('EnvelopeTooLarge', `expected at most ${MAX_RECORD_BYTES} bytes in an envelope, got ${largest}`)
}

function wholeContent({ router }: BatchState, lineage: Lineage, row: PendingRow): Content {
  if (lineage.kind === 'record') {
    const payload = payloadOf(lineage.record) ?? ''
    const bytes = Buffer.from(payload, 'base64')
    // Text stays readable. What a decoder reads may be compressed, and as text it would lose bytes.
    if (isUtf8(bytes)) return { head: recordHead(lineage), body: bytes.toString('utf8') }
    return { head: { ...recordHead(lineage), encoding: 'base64' }, body: payload }
  }
  const { database } = router
  const { hops, originId: origin, index } = lineage
  const { table, operation } = row.routing
  return {
    head: { kind: 'row', origin, index, hops: hops + 1, database, table, operation },
    body: rowText(row),
  }
}

/** Makes the contents of the extra rows. Each begins at one hop: a row makes no extra rows, so it cannot loop, and a failed one can be replayed at any time. */
function extraContents(batch: BatchState, position: number): Content[] {
  const { database } = batch.router
  const lineage = lineageOf(batch, position)
  const origin = lineage.kind === 'record' ? lineage.record.recordId : lineage.originId
  return extraRowsOf(batch, position).map(({ index, table, operation, row }) => {
    return { head: { kind: 'row', origin, index, hops: 1, database, table, operation }, body: row }
  })
}

/** Makes an item, with the record's own partition key for Kinesis, so that it goes to the shard it came from. */
function toItem(record: FirehoseRecord, data: Uint8Array): ReingestItem {
  const partitionKey = partitionKeyOf(record)
  return partitionKey === undefined ? { data } : { data, partitionKey }
}

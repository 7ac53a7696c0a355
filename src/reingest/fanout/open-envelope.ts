import { Buffer } from '../../firehose/buffer.ts'
import { decodeRecord, type JsonObject } from '../../firehose/decode.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { type Failed, type FailureDetails, failed } from '../../outcome/outcome.ts'
import { isPromise, type MaybePromise } from '../../promise.ts'
import type { CompiledRouter } from '../../router/compile.ts'
import type { Draft, FurtherRow, Match, Processed } from '../../router/fanned-out.ts'
import { findRoute } from '../../router/find-route.ts'
import { parseHead, type RecordHead, toOrigin } from './head.ts'
import { openRow } from './open-row.ts'
import { isEnvelope, MAX_HOPS, REINGESTED_ROUTE, readEnvelope } from './seal.ts'

/**
 * Opens an envelope. Nothing in it is believed: the version, the signature where the target has a signer, the number of
 * hops, the table and the row are all checked, and what is wrong is a failure of this record. A row is done; a record that
 * was put back whole goes its way as when it first came.
 */
export function openEnvelope(
  router: CompiledRouter,
  event: JsonObject,
  record: FirehoseRecord,
): MaybePromise<Processed | Match> {
  const fail = (failure: FailureDetails): Failed => failed(record.recordId, { route: REINGESTED_ROUTE, ...failure })
  const envelope = readEnvelope(event, router.reingest?.signer)
  if (typeof envelope === 'string') return fail({ code: envelope, message: MESSAGES[envelope] })
  const head = parseHead(envelope.head)
  if (head === undefined) return fail({ code: 'EnvelopeInvalid', message: MESSAGES.EnvelopeInvalid })
  if (head.hops > MAX_HOPS) {
    return fail({ code: 'TooManyHops', message: `put back ${head.hops} times, ${MAX_HOPS} are allowed` })
  }
  if (head.kind === 'row') return openRow(router, head, envelope.body, { record, fail })
  const opened = openRecord(head, envelope.body, fail)
  return 'status' in opened ? opened : routeAgain(router, opened, { recordId: record.recordId, hops: head.hops })
}

const MESSAGES = {
  EnvelopeInvalid: 'the record has the key of an envelope, but is none that this version reads',
  EnvelopeForged: "the envelope's signature is missing or wrong: forged, changed, or signed with another secret",
}

/** A record that was put back whole, as it first arrived. */
interface Opened {
  readonly event: JsonObject
  readonly record: FirehoseRecord
}

function openRecord(head: RecordHead, body: string, fail: (failure: FailureDetails) => Failed): Opened | Failed {
  const record = toOrigin(head, Buffer.from(body, 'utf8').toString('base64'))
  const { event, failure } = decodeRecord(record)
  if (event === undefined) return fail(failure)
  if (isEnvelope(event)) return fail({ code: 'EnvelopeInvalid', message: 'an envelope inside an envelope' })
  return { event, record }
}

/** The id to answer under, and how often the record was put back. */
interface Wrapping {
  readonly recordId: string
  readonly hops: number
}

function routeAgain(router: CompiledRouter, opened: Opened, wrapping: Wrapping): MaybePromise<Processed | Match> {
  const wrap = (processed: Processed): Draft => toDraft(processed, wrapping, opened.record)
  const settle = (matched: Processed | Match): Processed | Match =>
    matched.status === 'matched' ? { ...matched, wrap } : wrap(matched)
  const matched = findRoute(router, opened.event, opened.record)
  return isPromise(matched) ? matched.then(settle) : settle(matched)
}

const NONE: readonly FurtherRow[] = []

/** Puts an outcome back under the id of the record that is answered. */
function toDraft(processed: Processed, { recordId, hops }: Wrapping, record: FirehoseRecord): Draft {
  const { outcome, further } = processed.status === 'draft' ? processed : { outcome: processed, further: NONE }
  const relabelled = { ...outcome, recordId }
  const origin = { recordId: record.recordId, hops }
  return {
    status: 'draft',
    outcome: relabelled.status === 'delivered' ? { ...relabelled, origin } : relabelled,
    lineage: { kind: 'record', hops, record },
    further,
  }
}

import type { DecodedRecord } from '../../firehose/decode.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { type Failed, type FailureDetails, failed, isFailed } from '../../outcome/outcome.ts'
import { isPromise, type MaybePromise } from '../../promise.ts'
import { isEnvelope, REINGESTED_ROUTE } from '../../router/is-envelope.ts'
import type {
  CompiledRouter,
  EnvelopeToOpen,
  ExtraRow,
  FannedOutOutcome,
  Match,
  RecordResult,
} from '../../router/model.ts'
import { parseHead, type RecordHead, toOrigin } from './head.ts'
import { openRow } from './open-row.ts'
import { MAX_HOPS, readEnvelope } from './seal.ts'

/**
 * Opens an envelope. Nothing in it is trusted: the version, the signature if the target has a signer, the number of hops,
 * the table and the row are all checked, and a wrong one fails this record. A row is finished here; a record that was put
 * back whole is routed as when it first arrived.
 */
export function openEnvelope(
  router: CompiledRouter,
  { record, content, matchDecoded }: EnvelopeToOpen,
): MaybePromise<RecordResult | Match> {
  const fail = (failure: FailureDetails): Failed => failed(record.recordId, { route: REINGESTED_ROUTE, ...failure })
  const envelope = readEnvelope(content, router.reingest?.signer)
  if (typeof envelope === 'string') return fail({ code: envelope, message: MESSAGES[envelope] })
  const head = parseHead(envelope.head)
  if (head === undefined) return fail({ code: 'EnvelopeInvalid', message: MESSAGES.EnvelopeInvalid })
  if (head.hops > MAX_HOPS) {
    return fail({ code: 'TooManyHops', message: `put back ${head.hops} times, ${MAX_HOPS} are allowed` })
  }
  if (head.kind === 'row') return openRow(router, head, envelope.body, { record, fail })
  const opened = openRecord(router, head, envelope.body, fail)
  return isFailed(opened) ? opened : routeAgain(opened, { recordId: record.recordId, hops: head.hops }, matchDecoded)
}

const MESSAGES = {
  EnvelopeInvalid: 'the record has the key of an envelope, but this version cannot read it',
  EnvelopeForged: "the envelope's signature is missing or wrong: forged, changed, or signed with another secret",
}

/** The content and the record of an envelope, as they first arrived. */
interface Opened {
  readonly decoded: DecodedRecord
  readonly record: FirehoseRecord
}

function openRecord(
  router: CompiledRouter,
  head: RecordHead,
  body: string,
  fail: (failure: FailureDetails) => Failed,
): Opened | Failed {
  const record = toOrigin(head, body)
  const decoded = router.decode(record)
  const { event, failure } = decoded
  if (failure !== undefined) return fail(failure)
  if (event !== undefined && isEnvelope(event))
    return fail({ code: 'EnvelopeInvalid', message: 'an envelope inside an envelope' })
  return { decoded, record }
}

/** The id to answer under, and the number of times that the record was put back. */
interface Wrapping {
  readonly recordId: string
  readonly hops: number
}

function routeAgain(
  { decoded, record }: Opened,
  wrapping: Wrapping,
  matchDecoded: EnvelopeToOpen['matchDecoded'],
): MaybePromise<RecordResult | Match> {
  const wrap = (result: RecordResult): FannedOutOutcome => wrapResult(result, wrapping, record)
  const wrapUnlessMatched = (matched: RecordResult | Match): RecordResult | Match =>
    matched.status === 'matched' ? { ...matched, wrap } : wrap(matched)
  const matched = matchDecoded(decoded, record)
  return isPromise(matched) ? matched.then(wrapUnlessMatched) : wrapUnlessMatched(matched)
}

const NONE: readonly ExtraRow[] = []

/** Moves a result to the id of the record that is answered. */
function wrapResult(result: RecordResult, { recordId, hops }: Wrapping, record: FirehoseRecord): FannedOutOutcome {
  const { outcome, extraRows } = result.status === 'fanned-out' ? result : { outcome: result, extraRows: NONE }
  const relabelled = { ...outcome, recordId }
  const origin = { recordId: record.recordId, hops }
  return {
    status: 'fanned-out',
    outcome: relabelled.status === 'delivered' ? { ...relabelled, origin } : relabelled,
    lineage: { kind: 'record', hops, record },
    extraRows,
  }
}

import { Buffer } from 'node:buffer'
import { encodeBase64 } from '../../firehose/base64.ts'
import { decodeRecord, type JsonObject } from '../../firehose/decode.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { formatPath } from '../../table/path.ts'
import { Refusal } from '../../table/refusal.ts'
import type { CompiledRouter } from '../compile.ts'
import { type Failed, type FailureDetails, failed } from '../outcome.ts'
import { deliver } from '../record/delivery.ts'
import type { Draft } from '../record/draft.ts'
import { kindOf } from '../record/fail.ts'
import { operationProblem } from '../record/rows.ts'
import { isEnvelope, MAX_HOPS, readEnvelope } from './envelope.ts'
import { parseHead, type RecordHead, type RowHead, toOrigin } from './head.ts'

/** A record that was put back whole, as it first arrived. */
export interface Opened {
  readonly status: 'opened'
  readonly event: JsonObject
  readonly record: FirehoseRecord
  readonly hops: number
}

/** The route of rows out of envelopes, for reports. */
export const REINGESTED_ROUTE = 'reingested'

/**
 * Opens an envelope. Nothing in it is believed: the version, the signature where the target has a signer, the number of
 * hops, the table and the row are all checked, and what is wrong is a failure of this record.
 */
export function openEnvelope(
  router: CompiledRouter,
  event: JsonObject,
  record: FirehoseRecord,
): Opened | Draft | Failed {
  const fail = (failure: FailureDetails): Failed => failed(record.recordId, { route: REINGESTED_ROUTE, ...failure })
  const { reingest } = router
  if (reingest === undefined) {
    return fail({
      code: 'EnvelopeUnexpected',
      message: 'a router put this back onto the stream, and this one has no target to reingest to',
    })
  }
  const envelope = readEnvelope(event, reingest.signer)
  if (typeof envelope === 'string') return fail({ code: envelope, message: MESSAGES[envelope] })
  const head = parseHead(envelope.head)
  if (head === undefined) return fail({ code: 'EnvelopeInvalid', message: MESSAGES.EnvelopeInvalid })
  if (head.hops > MAX_HOPS) {
    return fail({ code: 'TooManyHops', message: `put back ${head.hops} times, ${MAX_HOPS} are allowed` })
  }
  return head.kind === 'row'
    ? openRow(router, head, envelope.body, { record, fail })
    : openRecord(head, envelope.body, fail)
}

const MESSAGES = {
  EnvelopeInvalid: 'the record has the key of an envelope, but is none that this version reads',
  EnvelopeForged: "the envelope's signature is missing or wrong: forged, changed, or signed with another secret",
}

function openRecord(head: RecordHead, body: string, fail: (failure: FailureDetails) => Failed): Opened | Failed {
  const record = toOrigin(head, Buffer.from(body, 'utf8').toString('base64'))
  const { event, failure } = decodeRecord(record)
  if (event === undefined) return fail(failure)
  if (isEnvelope(event)) return fail({ code: 'EnvelopeInvalid', message: 'an envelope inside an envelope' })
  return { status: 'opened', event, record, hops: head.hops }
}

interface Arrival {
  readonly record: FirehoseRecord
  readonly fail: (failure: FailureDetails) => Failed
}

function openRow(router: CompiledRouter, head: RowHead, body: string, { record, fail }: Arrival): Draft | Failed {
  const { origin, index, hops, operation } = head
  const destination = head.database === router.database ? router.destinations.get(head.table) : undefined
  // The name may be a forger's, so it is not told.
  if (destination === undefined) {
    return fail({ code: 'UndeclaredTable', message: 'the envelope names a table that this router does not declare' })
  }
  const table = destination.table.name
  const problem = operationProblem(destination, operation)
  if (problem !== undefined) return fail({ code: 'InvalidOperation', message: problem, table })
  const row = recheck(destination.check, body, operation)
  if (row instanceof Refusal) return fail({ code: row.code, message: row.message, path: formatPath(row.path), table })
  const delivery = deliver({ record, route: { name: REINGESTED_ROUTE }, destination, operation }, encodeBase64(row))
  return {
    status: 'draft',
    outcome: { ...delivery, origin: { recordId: origin, index, hops } },
    lineage: { kind: 'row', hops, originId: origin, index },
    further: [],
  }
}

/** Text that is nested deeply enough overflows the stack of whatever walks through it. */
function recheck(
  check: (row: string, operation: RowHead['operation']) => string | Refusal,
  body: string,
  operation: RowHead['operation'],
): string | Refusal {
  try {
    return check(body, operation)
  } catch (cause) {
    return new Refusal('NotARow', `reading the row threw ${kindOf(cause)}`)
  }
}

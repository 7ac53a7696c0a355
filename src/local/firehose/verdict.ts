import type { Buffer } from 'node:buffer'
import { decodeBase64 } from '../../firehose/base64.ts'
import type { PayloadKey } from '../../firehose/stream-source.ts'
import type { Batch } from './batcher.ts'
import type { FirehoseBehaviour } from './firehose-options.ts'
import type { SourceRecord } from './record.ts'
import { type Failure, functionError } from './record-failure.ts'

/** The outcome of one record after the handler has answered. */
export type Verdict =
  | { readonly kind: 'row'; readonly record: SourceRecord; readonly row: Row; readonly metadata: unknown }
  | { readonly kind: 'dropped'; readonly record: SourceRecord }
  | { readonly kind: 'failed'; readonly record: SourceRecord; readonly failure: Failure }

/** A row as the handler answered it. */
export interface Row {
  readonly bytes: Buffer
  readonly base64: string
}

/** A verdict for every record, in order, or the failure of the whole batch; exactly one of the two is there. */
export type CheckedAnswer =
  | { readonly verdicts: readonly Verdict[]; readonly failure?: undefined }
  | { readonly verdicts?: undefined; readonly failure: Failure }

/** What the check needs to know about the stream. */
export interface AnswerRules {
  readonly payloadKey: PayloadKey
  readonly behaviour: FirehoseBehaviour
}

/** One answer, before its members are checked. */
interface Entry {
  readonly recordId?: unknown
  readonly result?: unknown
  readonly data?: unknown
  readonly kafkaRecordValue?: unknown
  readonly metadata?: unknown
}

/**
 * Checks a handler's answer, parsed from its JSON, as Firehose does. The order of the answers does not matter, and an id
 * that was never sent is ignored.
 * https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html
 */
export function checkAnswer(response: unknown, batch: Batch, rules: AnswerRules): CheckedAnswer {
  const records = isEntry(response) && 'records' in response ? response.records : undefined
  if (records === undefined || records === null) return noRecords(batch, rules.behaviour)
  if (!Array.isArray(records) || !records.every(isEntry)) {
    return { failure: functionError('expected "records" in the response to be a list of objects') }
  }
  return checkEntries(groupById(records), batch, rules)
}

function checkEntries(answers: ReadonlyMap<unknown, Entry[]>, batch: Batch, rules: AnswerRules): CheckedAnswer {
  const verdicts: Verdict[] = []
  for (const record of batch) {
    const entries = answers.get(record.wire.recordId) ?? []
    const verdict = judge(record, entries, rules)
    if ('errorCode' in verdict) return { failure: verdict }
    verdicts.push(verdict)
  }
  return { verdicts }
}

/** The verdict on one record, or the failure of the whole batch. */
function judge(record: SourceRecord, entries: readonly Entry[], rules: AnswerRules): Verdict | Failure {
  const [entry, twin] = entries
  if (entry === undefined) return { kind: 'failed', record, failure: MISSING }
  if (twin !== undefined) return failedBy(rules.behaviour.duplicateRecordId, record, DUPLICATED)
  switch (entry.result) {
    case 'Ok':
      return judgeRow(record, entry, rules.payloadKey)
    case 'Dropped':
      return { kind: 'dropped', record }
    case 'ProcessingFailed':
      return { kind: 'failed', record, failure: PROCESSING_FAILED }
    default:
      return rules.behaviour.unknownResult === 'batch'
        ? UNKNOWN_RESULT
        : { kind: 'failed', record, failure: BAD_RESULT }
  }
}

function judgeRow(record: SourceRecord, entry: Entry, payloadKey: PayloadKey): Verdict | Failure {
  const base64 = entry[payloadKey]
  if (base64 === undefined || base64 === null) return { kind: 'failed', record, failure: noData(payloadKey) }
  const bytes = typeof base64 === 'string' ? decodeBase64(base64) : undefined
  if (bytes === undefined || typeof base64 !== 'string') {
    return functionError(`expected standard, padded base64 in ${payloadKey} of every record with the result Ok`)
  }
  return { kind: 'row', record, row: { bytes, base64 }, metadata: entry.metadata }
}

function failedBy(extent: 'record' | 'batch', record: SourceRecord, failure: Failure): Verdict | Failure {
  return extent === 'batch' ? failure : { kind: 'failed', record, failure }
}

function noRecords(batch: Batch, behaviour: FirehoseBehaviour): CheckedAnswer {
  if (behaviour.missingRecords === 'batch') {
    return { failure: functionError('expected a response with "records", a list with one answer for every record') }
  }
  return { verdicts: batch.map((record) => ({ kind: 'failed', record, failure: MISSING })) }
}

function groupById(entries: readonly Entry[]): ReadonlyMap<unknown, Entry[]> {
  const groups = new Map<unknown, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.recordId)
    if (group === undefined) groups.set(entry.recordId, [entry])
    else group.push(entry)
  }
  return groups
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MISSING: Failure = {
  errorCode: 'Lambda.MissingRecordId',
  errorMessage: 'the record id was not returned; answer every record id of the event exactly once',
}

const DUPLICATED: Failure = {
  errorCode: 'Lambda.DuplicatedRecordId',
  errorMessage: 'the record id was returned more than once; answer every record id of the event exactly once',
}

const PROCESSING_FAILED: Failure = {
  errorCode: 'Lambda.ProcessingFailedStatus',
  errorMessage: 'ProcessingFailed status set for record',
}

const RESULTS = 'expected the result to be Ok, Dropped or ProcessingFailed, in this spelling'

const UNKNOWN_RESULT: Failure = functionError(RESULTS)

const BAD_RESULT: Failure = { errorCode: 'Lambda.InvalidReturnFormat', errorMessage: RESULTS }

function noData(payloadKey: string): Failure {
  const errorMessage = `expected the row as base64 in ${payloadKey} with the result Ok, got nothing there`
  return { errorCode: 'Lambda.InvalidReturnFormat', errorMessage }
}

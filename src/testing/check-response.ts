import { Buffer } from 'node:buffer'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'
import { MAX_RESPONSE_BYTES } from '../firehose/limits.ts'
import { answerProblems } from './check-answer.ts'

/**
 * Checks the response of any handler against Firehose's contract: exactly one answer for each id, a known result, a readable
 * row under the key of the source, complete routing, and a size within Lambda's limit. It checks the response as JSON, as
 * Lambda returns it. The order of the answers does not matter.
 *
 * @returns the problems, one sentence each; an empty list if Firehose will accept the response
 */
export function checkResponse(event: FirehoseTransformationEvent, response: unknown): string[] {
  const printed = print(response)
  if (printed === undefined) return ['the response cannot be written as JSON']
  const records: unknown = (JSON.parse(printed) as { readonly records?: unknown } | null)?.records
  if (!Array.isArray(records)) return ['the response has no list of records']
  return [...sizeProblems(printed), ...idProblems(event.records, records), ...recordProblems(event.records, records)]
}

function print(response: unknown): string | undefined {
  try {
    // JSON.stringify returns undefined for undefined, a function and a symbol.
    return JSON.stringify(response)
  } catch {
    return undefined
  }
}

function sizeProblems(printed: string): string[] {
  const sizeBytes = Buffer.byteLength(printed, 'utf8')
  if (sizeBytes <= MAX_RESPONSE_BYTES) return []
  return [`the response has ${sizeBytes} bytes of JSON; Lambda returns at most ${MAX_RESPONSE_BYTES}`]
}

function idProblems(asked: readonly FirehoseRecord[], answers: readonly unknown[]): string[] {
  const counts = new Map<unknown, number>()
  for (const answer of answers) counts.set(recordIdOf(answer), (counts.get(recordIdOf(answer)) ?? 0) + 1)
  const known = new Set<unknown>(asked.map(({ recordId }) => recordId))
  const missing = [...known].filter((id) => !counts.has(id)).map((id) => `record ${id}: no answer`)
  const others = [...counts].flatMap(([id, count]) => {
    if (typeof id !== 'string') return [`${count} of the answers have no recordId`]
    if (!known.has(id)) return [`record ${id}: answered, but the event has no such record`]
    return count > 1 ? [`record ${id}: answered ${count} times`] : []
  })
  return [...missing, ...others]
}

function recordProblems(asked: readonly FirehoseRecord[], answers: readonly unknown[]): string[] {
  const byId = new Map<unknown, FirehoseRecord>(asked.map((record) => [record.recordId, record]))
  return answers.flatMap((answer) => {
    const record = byId.get(recordIdOf(answer))
    if (record === undefined) return []
    return answerProblems(record, answer as object).map((problem) => `record ${record.recordId}: ${problem}`)
  })
}

function recordIdOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'recordId' in answer ? answer.recordId : undefined
}

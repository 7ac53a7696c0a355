import { Buffer, isUtf8 } from 'node:buffer'
import type { FirehoseRecord } from '../firehose/event.ts'
import { MAX_RECORD_BYTES, MAX_ROW_DEPTH } from '../firehose/limits.ts'
import { isDatabaseName, isTableName } from '../firehose/names.ts'
import { OPERATIONS, type Operation } from '../firehose/response.ts'
import { payloadKeyOf } from '../firehose/stream-source.ts'

interface Fields {
  readonly [name: string]: unknown
}

/** The problems of one answer. */
export function answerProblems(record: FirehoseRecord, answer: object): string[] {
  const { result, metadata, ...payloads }: Fields = { ...answer }
  if (result === 'Dropped' || result === 'ProcessingFailed') return []
  if (result !== 'Ok') return [`result: expected Ok, Dropped or ProcessingFailed, got ${quote(result)}`]
  const key = payloadKeyOf(record)
  return [...payloadProblems(payloads[key]).map((problem) => `${key}: ${problem}`), ...routingProblems(metadata)]
}

function payloadProblems(payload: unknown): string[] {
  if (typeof payload !== 'string') return [`expected the row in base64, got ${quote(payload)}`]
  const bytes = Buffer.from(payload, 'base64')
  // Node ignores invalid characters, so only a string that it encodes the same way is strict base64.
  if (bytes.toString('base64') !== payload) return ['expected standard, padded base64']
  if (bytes.length > MAX_RECORD_BYTES)
    return [`the row has ${bytes.length} bytes; Firehose accepts ${MAX_RECORD_BYTES}`]
  return isUtf8(bytes) ? rowProblems(bytes.toString('utf8')) : ['the row is not valid UTF-8']
}

function rowProblems(json: string): string[] {
  let row: unknown
  try {
    row = JSON.parse(json)
  } catch {
    return ['the row is not one JSON document']
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return ['the row is not a JSON object']
  return isDeeper(row, MAX_ROW_DEPTH) ? [`the row is nested more than ${MAX_ROW_DEPTH} levels deep`] : []
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

function routingProblems(metadata: unknown): string[] {
  const { otfMetadata: otf } = isFields(metadata) ? metadata : {}
  if (!isFields(otf)) return ['metadata.otfMetadata: expected the database and the table of the row']
  const { destinationDatabaseName: database, destinationTableName: table, operation } = otf
  const problems: string[] = []
  if (!isDatabaseName(database)) problems.push(`destinationDatabaseName: ${badName(252, database)}`)
  if (!isTableName(table)) problems.push(`destinationTableName: ${badName(255, table)}`)
  if (operation !== undefined && !OPERATIONS.includes(operation as Operation)) {
    problems.push(`operation: expected ${OPERATIONS.join(', ')}, in lower case, got ${quote(operation)}`)
  }
  return problems
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function badName(length: number, value: unknown): string {
  return `expected 1 to ${length} lower-case letters, digits or underscores, got ${quote(value)}`
}

function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return value === null || value === undefined ? String(value) : typeof value
}

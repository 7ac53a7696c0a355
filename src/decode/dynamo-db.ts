import { decodeBase64 } from '../firehose/base64.ts'
import type { DecodeFailure, JsonObject } from '../firehose/decode.ts'
import { markExact } from '../firehose/exact.ts'
import { isObject } from '../options.ts'
import { formatPath, type PathSegment } from '../path.ts'
import type { DecodedPayload, Decoder } from '../router/decoder.ts'
import { createDecoder, refuse } from './create-decoder.ts'
import { exactNumber } from './exact-number.ts'
import { beginsAsObject } from './json-decoder.ts'
import { readShape } from './unwrap.ts'

/**
 * A change of an item in a DynamoDB table, as Kinesis Data Streams for DynamoDB or a pipe on DynamoDB Streams sends it, with
 * plain values. A number is a number if that is exact, else a bigint, or a string for a fraction; binary is a `Uint8Array`; a
 * set is a list.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
 */
export interface DynamoDbEvent<Item = JsonObject, Key = JsonObject> {
  readonly eventID: string
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly eventSource: string
  readonly awsRegion: string
  /** Only in the form of Kinesis. */
  readonly tableName?: string
  /** Only in the form of DynamoDB Streams. */
  readonly eventSourceARN?: string
  /** Who deleted the item, if it was DynamoDB itself: its time to live had passed. */
  readonly userIdentity?: JsonObject | null
  readonly dynamodb: {
    /** The time of the change in ISO 8601, whatever unit the stream has. */
    readonly ApproximateCreationDateTime?: string
    readonly Keys: Key
    readonly NewImage?: Item
    readonly OldImage?: Item
    readonly SequenceNumber?: string
    readonly SizeBytes?: number
  }
}

const SHAPE = {
  name: 'a change record of DynamoDB',
  keys: { eventID: 'string', eventName: 'string', dynamodb: 'object' },
} as const

const EVENT_NAMES: readonly unknown[] = ['INSERT', 'MODIFY', 'REMOVE']
const IMAGES = ['Keys', 'NewImage', 'OldImage'] as const

/** Twice and more what DynamoDB allows (32 levels). */
const MAX_DEPTH = 100

/** Reads a change record of DynamoDB: typed attribute values become plain ones, and numbers stay exact. */
export function dynamoDb<Item = JsonObject, Key = JsonObject>(): Decoder<DynamoDbEvent<Item, Key>> {
  return createDecoder({
    name: 'dynamoDb',
    yields: 'one event',
    recognises: beginsAsObject,
    decode: (bytes) => readShape(bytes, SHAPE, readChange),
  })
}

function readChange(record: JsonObject): DecodedPayload {
  const { eventName } = record
  if (!EVENT_NAMES.includes(eventName)) {
    return refuse('UnexpectedShape', 'expected INSERT, MODIFY or REMOVE as eventName, got another string', 'eventName')
  }
  const change = record['dynamodb'] as JsonObject
  const images: [string, unknown][] = []
  try {
    for (const name of IMAGES) {
      const image = Object.hasOwn(change, name) ? change[name] : undefined
      if (image !== undefined) images.push([name, readItem(image, ['dynamodb', name])])
      else if (name === 'Keys') throw unexpected('the keys of an item', image, ['dynamodb', name])
    }
    const at = creationTime(record, change)
    if (at !== undefined) images.push(['ApproximateCreationDateTime', at])
  } catch (cause) {
    if (cause instanceof UnreadableValue) return { kind: 'failure', failure: cause.failure }
    throw cause
  }
  const event = { ...record, dynamodb: { ...change, ...Object.fromEntries(images) } }
  markExact(event)
  return { kind: 'value', value: event }
}

/** The time in ISO 8601: DynamoDB Streams has seconds; Kinesis has milliseconds, or microseconds if it says so. */
function creationTime(record: JsonObject, change: JsonObject): string | undefined {
  const given = change['ApproximateCreationDateTime']
  if (given === undefined) return undefined
  const isKinesis = record['recordFormat'] !== undefined || change['ApproximateCreationDateTimePrecision'] !== undefined
  const perSecond = !isKinesis ? 1 : change['ApproximateCreationDateTimePrecision'] === 'MICROSECOND' ? 1_000_000 : 1000
  const path = ['dynamodb', 'ApproximateCreationDateTime']
  if (typeof given !== 'number') throw unexpected('a time as a number', given, path)
  const seconds = Math.floor(given / perSecond)
  const micros = Math.round((given - seconds * perSecond) * (1_000_000 / perSecond))
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) throw unexpected('a time', given, path)
  return micros === 0 ? date.toISOString() : date.toISOString().replace('.000Z', `.${String(micros).padStart(6, '0')}Z`)
}

class UnreadableValue extends Error {
  readonly failure: DecodeFailure

  constructor(failure: DecodeFailure) {
    super(failure.message)
    this.failure = failure
  }
}

type Path = readonly PathSegment[]

function unexpected(expected: string, value: unknown, path: Path): UnreadableValue {
  const got = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value
  const message = `expected ${expected}, got ${got === 'undefined' ? 'nothing' : got}`
  return new UnreadableValue({ code: 'UnexpectedShape', message, path: formatPath(path) })
}

function readItem(item: unknown, path: Path): unknown {
  if (!isObject(item) || Array.isArray(item)) throw unexpected('attributes', item, path)
  if (path.length > MAX_DEPTH) {
    const message = `expected at most ${MAX_DEPTH} levels of attribute values, got more`
    throw new UnreadableValue({ code: 'NestedTooDeeply', message, path: formatPath(path.slice(0, 2)) })
  }
  // fromEntries creates every key as its own, also __proto__.
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, readValue(value, [...path, name])]))
}

/** Reads a typed attribute value: an object with one key, which is the type. */
function readValue(typed: unknown, path: Path): unknown {
  const entries = isObject(typed) ? Object.entries(typed) : []
  const [type, value] = entries[0] ?? []
  const read = entries.length === 1 && Object.hasOwn(READERS, type as string) ? READERS[type as string] : undefined
  if (read === undefined) throw unexpected('an attribute value: an object with one type as key', typed, path)
  return read(value, path)
}

const READERS: { readonly [type: string]: (value: unknown, path: Path) => unknown } = {
  S: readString,
  N: readNumber,
  B: readBinary,
  BOOL: (value, path) => {
    if (typeof value !== 'boolean') throw unexpected('a boolean', value, path)
    return value
  },
  NULL: (value, path) => {
    if (value !== true) throw unexpected('true in NULL', value, path)
    return null
  },
  M: readItem,
  L: (value, path) => {
    if (path.length > MAX_DEPTH) return readItem({}, path)
    return readList(readValue)(value, path)
  },
  SS: readList(readString),
  NS: readList(readNumber),
  BS: readList(readBinary),
}

function readList(read: (value: unknown, path: Path) => unknown): (list: unknown, path: Path) => unknown[] {
  return (list, path) => {
    if (!Array.isArray(list)) throw unexpected('a list', list, path)
    return list.map((value, index) => read(value, [...path, index]))
  }
}

function readString(value: unknown, path: Path): string {
  if (typeof value !== 'string') throw unexpected('a string', value, path)
  return value
}

function readNumber(value: unknown, path: Path): number | bigint | string {
  const number = typeof value === 'string' ? exactNumber(value) : undefined
  if (number === undefined) throw unexpected('a number as a string', value, path)
  return number
}

function readBinary(value: unknown, path: Path): Uint8Array {
  const bytes = typeof value === 'string' ? decodeBase64(value) : undefined
  if (bytes === undefined) throw unexpected('binary in base64', value, path)
  return bytes
}

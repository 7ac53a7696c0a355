import { observePromises } from '../unawaited.ts'
import type { Column, Columns, Encode, EncodeUnescaped, Encoding } from './column.ts'
import type { EscapeCount } from './escape-count.ts'
import { innerColumns } from './fields.ts'
import { type KeyPrefix, toKeyPrefix } from './key-prefix.ts'
import { RowIssue } from './row-issue.ts'

/** A column of a row, or a field of a struct, laid out for the loop that runs for every record. */
export interface CompiledColumn {
  readonly name: string
  readonly typeName: string
  readonly nullable: boolean
  readonly encode: Encode
  readonly encodeUnescaped: EncodeUnescaped | undefined
  /** A column of text, where any string is a value as it is: most columns are, and no function has to be asked. */
  readonly isText: boolean
  /** A value is written without quotes. */
  readonly isBare: boolean
  /** A value is written as a number, a word, or a text that needs no escape. */
  readonly isLeaf: boolean
  /** The name before a value. */
  readonly prefix: KeyPrefix
  /** The name before what stands between quotes, with the first of them. */
  readonly textPrefix: KeyPrefix
  /** What is written where the key is missing: the default, or null; undefined where it has to be there. */
  readonly fallback: string | undefined
  /** The name is also one of Object.prototype's, so that a missing key would read as a function. */
  readonly inherited: boolean
}

/** An object whose keys are looked up by name. */
export type Keyed = { readonly [name: string]: unknown }

/**
 * Tells whether a value is an object that is looked at by its keys: a literal, an event, an instance of somebody's class. A
 * Map, a Date or a Promise would look like one that has none of them.
 */
export function isKeyed(value: unknown): value is Keyed {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  return Object.prototype.toString.call(value) === '[object Object]'
}

const DEFAULTS: Encoding = { from: 'value', unknownFields: 'refuse' }

const known = new WeakMap<Columns, readonly CompiledColumn[]>()

/** Lays out columns for the loop, once: tables that share their columns share what is read for every record. */
export function compileColumns(columns: Columns): readonly CompiledColumn[] {
  const members = known.get(columns) ?? Object.entries(columns).map(compileColumn)
  known.set(columns, members)
  return members
}

function compileColumn([name, column]: [string, Column]): CompiledColumn {
  const { type, nullable } = column
  const label = `${JSON.stringify(name)}:`
  return {
    name,
    typeName: type.name,
    nullable,
    encode: type.encode,
    encodeUnescaped: type.encodeUnescaped,
    isText: type.name === 'string',
    isBare: type.isBare === true,
    isLeaf: type.encodeUnescaped === undefined && innerColumns(type) === undefined,
    prefix: toKeyPrefix(label, '', '"'),
    textPrefix: toKeyPrefix(label, '"', '"'),
    fallback: fallbackOf(column),
    inherited: name in Object.prototype,
  }
}

/** The value under a member's name; undefined where there is none. */
export function valueUnder(object: Keyed, { name, inherited }: CompiledColumn): unknown {
  return inherited && !Object.hasOwn(object, name) ? undefined : object[name]
}

/** Writes a value as its member takes it, null and missing ones included. */
export function encodeColumn(member: CompiledColumn, value: unknown, encoding: Encoding): string | RowIssue {
  if (value === undefined && member.fallback !== undefined) return member.fallback
  if (value === undefined || value === null) return member.nullable ? 'null' : missing(member, value)
  const text = value instanceof Promise ? refusePromise(value) : member.encode(value, encoding)
  return typeof text === 'string' ? text : text.at(member.name)
}

/** Writes what stands between the quotes of a value, with strings as they are; undefined where it has to be encoded. */
export function encodeUnescaped(
  { encodeUnescaped }: CompiledColumn,
  value: unknown,
  marks: EscapeCount,
): string | undefined {
  if (encodeUnescaped === undefined) return undefined
  const { count } = marks
  const text = encodeUnescaped(value, marks)
  // What was counted before it gave up is not written.
  if (text === undefined) marks.count = count
  return text
}

/** Writes a value inside a list or a map. */
export function encodeInner(column: Column, value: unknown, encoding: Encoding): string | RowIssue {
  if (value instanceof Promise) return refusePromise(value)
  if (value !== null && value !== undefined) return column.type.encode(value, encoding)
  if (column.nullable) return 'null'
  const { name } = column.type
  return new RowIssue('WrongType', `expected a ${name}, got ${value === null ? 'null' : 'nothing'}; use nullable()`)
}

/** A forgotten `await`: as JSON it would be an empty object. */
function refusePromise(promise: Promise<unknown>): RowIssue {
  observePromises(promise)
  return unawaited()
}

/** The issue of a value that is a promise, or holds one. */
export function unawaited(): RowIssue {
  return new RowIssue('UnawaitedPromise', 'expected a value, got a Promise: await it in the transform')
}

/** Finds a promise under a key that is not a column and is left out of the row: it has to be observed all the same. */
export function findStripped(object: object, members: readonly CompiledColumn[]): RowIssue | undefined {
  let index = 0
  for (const key in object) {
    if (members[index++]?.name === key || members.some(({ name }) => name === key)) continue
    if (observePromises(object[key as keyof typeof object]) !== undefined) return unawaited().at(key)
  }
  return undefined
}

/** Finds a key that the columns have not: Firehose skips it, here it is most often a misspelt column. */
export function findUnknown(object: object, members: readonly CompiledColumn[], what: string): RowIssue | undefined {
  let index = 0
  for (const key in object) {
    // Most rows have their keys in the order of the declaration: then nothing needs to be searched.
    if (members[index++]?.name === key || members.some(({ name }) => name === key)) continue
    if (Object.hasOwn(object, key)) return new RowIssue('UnknownColumn', `the ${what} has no such column`, [key])
  }
  return undefined
}

function fallbackOf(column: Column): string | undefined {
  if (column.default === undefined) return column.nullable ? 'null' : undefined
  const text = column.type.encode(column.default, DEFAULTS)
  // A default that does not fit is told by defineTable.
  return typeof text === 'string' ? text : undefined
}

function missing({ name, typeName }: CompiledColumn, value: null | undefined): RowIssue {
  const got = value === null ? 'null' : 'nothing'
  const message = `expected a ${typeName}; use nullable(${typeName}()) if it may be missing, got ${got}`
  return new RowIssue('MissingColumn', message, [name])
}

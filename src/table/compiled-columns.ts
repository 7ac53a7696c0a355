import { formatPath } from '../path.ts'
import { observePromises } from '../unawaited.ts'
import type { Column, Columns, Encode, EncodeUnescaped, Encoding } from './column.ts'
import type { EscapeCount } from './escape-count.ts'
import { innerColumns } from './fields.ts'
import { type KeyPrefix, toKeyPrefix } from './key-prefix.ts'
import { RowIssue } from './row-issue.ts'
import { withArticle } from './wrong-type.ts'

/** A column of a row, or a field of a struct, precomputed for the loop that runs for every record. */
export interface CompiledColumn {
  readonly name: string
  readonly typeName: string
  readonly nullable: boolean
  readonly encode: Encode
  readonly encodeUnescaped: EncodeUnescaped | undefined
  /** A string column, which accepts any string. Most columns are, and skip the call of `encodeUnescaped`. */
  readonly isText: boolean
  /** Every value is written without quotes. */
  readonly isBare: boolean
  /** A value is written as a number, a word, or a string that needs no escape. */
  readonly isLeaf: boolean
  /** The column's name, to be written before a value. */
  readonly prefix: KeyPrefix
  /** The column's name with the opening quote of its value. */
  readonly textPrefix: KeyPrefix
  /** What is written if the key is missing: the default or null; undefined if the column needs a value. */
  readonly fallback: string | undefined
  /** Object.prototype has this name too, so a missing key would read as a function. */
  readonly inherited: boolean
}

/** An object whose keys are looked up by name. */
export type Keyed = { readonly [name: string]: unknown }

/**
 * Checks whether a value is an object whose keys matter: a literal, an event, an instance of a user's class. A Map, a Date
 * or a Promise is not: it would look like an object without keys.
 */
export function isKeyed(value: unknown): value is Keyed {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  return Object.prototype.toString.call(value) === '[object Object]'
}

const DEFAULTS: Encoding = { from: 'value', unknownFields: 'refuse' }

const known = new WeakMap<Columns, readonly CompiledColumn[]>()

/** Compiles columns once: tables that share their columns share the result, so a record reads less memory. */
export function compileColumns(columns: Columns): readonly CompiledColumn[] {
  const compiled = known.get(columns) ?? Object.entries(columns).map(compileColumn)
  known.set(columns, compiled)
  return compiled
}

function compileColumn([name, column]: [string, Column]): CompiledColumn {
  const { type, nullable } = column
  const key = `${JSON.stringify(name)}:`
  return {
    name,
    typeName: type.name,
    nullable,
    encode: type.encode,
    encodeUnescaped: type.encodeUnescaped,
    isText: type.name === 'string',
    isBare: type.isBare === true,
    isLeaf: type.encodeUnescaped === undefined && innerColumns(type) === undefined,
    prefix: toKeyPrefix(key, '', '"'),
    textPrefix: toKeyPrefix(key, '"', '"'),
    fallback: fallbackOf(column),
    inherited: name in Object.prototype,
  }
}

/** The value under a column's name; undefined if there is none. */
export function valueUnder(object: Keyed, { name, inherited }: CompiledColumn): unknown {
  return inherited && !Object.hasOwn(object, name) ? undefined : object[name]
}

/** Writes the value of a column, which may be null or missing. */
export function encodeColumn(column: CompiledColumn, value: unknown, encoding: Encoding): string | RowIssue {
  if (value === undefined && column.fallback !== undefined) return column.fallback
  if (value === undefined || value === null) return column.nullable ? 'null' : missing(column, value)
  const text = value instanceof Promise ? refusePromise(value) : column.encode(value, encoding)
  return typeof text === 'string' ? text : text.at(column.name)
}

/** Writes what is between the quotes of a value, without escaping strings; undefined if it has to be encoded. */
export function encodeUnescaped(
  { encodeUnescaped }: CompiledColumn,
  value: unknown,
  escapes: EscapeCount,
): string | undefined {
  if (encodeUnescaped === undefined) return undefined
  const { count } = escapes
  const text = encodeUnescaped(value, escapes)
  // It gave up, so the escapes that it counted are not written.
  if (text === undefined) escapes.count = count
  return text
}

/** Writes a value inside a list or a map. */
export function encodeInner(column: Column, value: unknown, encoding: Encoding): string | RowIssue {
  if (value instanceof Promise) return refusePromise(value)
  if (value !== null && value !== undefined) return column.type.encode(value, encoding)
  if (column.nullable) return 'null'
  const { name } = column.type
  return new RowIssue(
    'WrongType',
    `expected ${withArticle(name)}, got ${value === null ? 'null' : 'nothing'}; use t.nullable() to allow null`,
  )
}

/** The issue for a forgotten `await`: as JSON, a promise would be an empty object. */
function refusePromise(promise: Promise<unknown>): RowIssue {
  observePromises(promise)
  return unawaited()
}

/** The issue of a value that is a promise, or holds one. */
export function unawaited(): RowIssue {
  return new RowIssue('UnawaitedPromise', 'expected a value, got a Promise; await it in the transform')
}

/** Finds a promise under a key that is not a column and is left out of the row: it has to be observed all the same. */
export function findStripped(object: object, columns: readonly CompiledColumn[]): RowIssue | undefined {
  let index = 0
  for (const key in object) {
    if (columns[index++]?.name === key || columns.some(({ name }) => name === key)) continue
    if (observePromises(object[key as keyof typeof object]) !== undefined) return unawaited().at(key)
  }
  return undefined
}

/** Finds a key that is not a column. Firehose would skip it, but it is most often a misspelt column. */
export function findUnknown(object: object, columns: readonly CompiledColumn[], what: string): RowIssue | undefined {
  let index = 0
  for (const key in object) {
    // Most rows have their keys in the order of the columns, which needs no search.
    if (columns[index++]?.name === key || columns.some(({ name }) => name === key)) continue
    if (Object.hasOwn(object, key)) return new RowIssue('UnknownColumn', `the ${what} has no such column`, [key])
  }
  return undefined
}

function fallbackOf(column: Column): string | undefined {
  if (column.default === undefined) return column.nullable ? 'null' : undefined
  const text = column.type.encode(column.default, DEFAULTS)
  // `defineTable` reports an invalid default.
  return typeof text === 'string' ? text : undefined
}

function missing({ name, typeName }: CompiledColumn, value: null | undefined): RowIssue {
  const got = value === null ? 'null' : 'nothing'
  const message = `expected ${withArticle(typeName)}, got ${got}; use t.nullable() if it may be missing`
  return new RowIssue('MissingColumn', message, [name])
}

/** Names an unknown key beside a missing column, in place of the advice: most often, one is the other misspelt. */
export function besideUnknown(issue: RowIssue, unknown: RowIssue | undefined): RowIssue {
  const { code, message, path } = issue
  if (unknown === undefined || path.length !== 1 || (code !== 'MissingColumn' && code !== 'KeyMissing')) return issue
  const [expected] = message.split(';')
  return new RowIssue(code, `${expected}; ${unknown.message}: ${formatPath(unknown.path)}`, path)
}

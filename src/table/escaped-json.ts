import type { EscapeCount } from './escape-count.ts'
import { isRawJson } from './exact-json.ts'
import { type KeyPrefix, keyPrefix, toKeyPrefix } from './key-prefix.ts'
import { needsEscape } from './quote.ts'

/** Deeper than any real data: a cycle ends here. */
const MAX_DEPTH = 64

/**
 * Prints plain data as JSON inside a JSON string: what `JSON.stringify(JSON.stringify(value))` has between its quotes, in one
 * pass, and bigints as numbers. Undefined if the value is not plain data (a Date, a class instance, `undefined` in a list, a
 * cycle, NaN): the slower printer takes those.
 *
 * @param escapes if given, strings are written unescaped, and the escapes around them are counted here
 */
export function printEscaped(value: unknown, escapes?: EscapeCount, depth = 0): string | undefined {
  switch (typeof value) {
    case 'string':
      return printString(value, escapes)
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      if (depth > MAX_DEPTH || (value as { readonly toJSON?: unknown }).toJSON !== undefined) return undefined
      return Array.isArray(value) ? printList(value, escapes, depth + 1) : printObject(value, escapes, depth + 1)
    default:
      return undefined
  }
}

/** The escapes of a string: a backslash and a quote at each end. */
const STRING_ESCAPES = 4

function printString(text: string, escapes: EscapeCount | undefined): string {
  if (escapes !== undefined) escapes.count += STRING_ESCAPES
  else if (needsEscape(text)) return escapeString(text)
  return `\\"${text}\\"`
}

function escapeString(text: string): string {
  return JSON.stringify(JSON.stringify(text)).slice(1, -1)
}

function printList(list: readonly unknown[], escapes: EscapeCount | undefined, depth: number): string | undefined {
  let text = ''
  for (let index = 0; index < list.length; index++) {
    const item = printEscaped(list[index], escapes, depth)
    if (item === undefined) return undefined
    text += index === 0 ? item : `,${item}`
  }
  return `[${text}]`
}

function printObject(object: object, escapes: EscapeCount | undefined, depth: number): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype === null ? isRawJson(object) : prototype !== Object.prototype || hasKeys(prototype)) return undefined
  let text = ''
  let isOpen = false
  let name = START
  let keyEscapes = 0
  for (const key in object) {
    const value: unknown = object[key as keyof typeof object]
    name = nameAfter(name, key)
    keyEscapes += name.escapes
    const listed: string | undefined = Array.isArray(value)
      ? addStrings(text, isOpen, name.listPrefix, value, escapes)
      : undefined
    if (listed === undefined) {
      const item = printEscaped(value, escapes, depth)
      if (item === undefined) return undefined
      text = text + keyPrefix(text, isOpen, name.prefix) + item
    } else text = listed
    isOpen = listed !== undefined
  }
  if (escapes !== undefined) escapes.count += keyEscapes
  return text === '' ? '{}' : isOpen ? `${text}\\"]}` : `${text}}`
}

/**
 * Appends a list of strings, such as tags, to the text of an object in as few pieces as possible: the last string stays
 * open. Undefined if the list holds anything else.
 */
function addStrings(
  before: string,
  isOpen: boolean,
  prefix: KeyPrefix,
  list: readonly unknown[],
  escapes: EscapeCount | undefined,
): string | undefined {
  let text = before
  let between = keyPrefix(before, isOpen, prefix)
  let count = 0
  for (; count < list.length; count++) {
    const item = list[count]
    if (typeof item !== 'string' || (escapes === undefined && needsEscape(item))) return undefined
    text = text + between + item
    between = BETWEEN_STRINGS
  }
  if (count === 0) return undefined
  if (escapes !== undefined) escapes.count += STRING_ESCAPES * count
  return text
}

const BETWEEN_STRINGS = '\\",\\"'

/** Checks for an enumerable key on Object.prototype, which `for in` would list as well. */
function hasKeys(object: object): boolean {
  for (const _ in object) return true
  return false
}

/** A key, ready to be written. */
interface Name {
  readonly key: string
  /** Before a value. */
  readonly prefix: KeyPrefix
  /** Before the first string of a list. */
  readonly listPrefix: KeyPrefix
  readonly escapes: number
  /** The last two keys that followed this one: usually one of them follows again, which saves the search. */
  next: Name | undefined
  other: Name | undefined
}

/** Events repeat their keys, so this many are remembered; the limit bounds the memory that a flood of new keys takes. */
const MAX_NAMES = 500
const MAX_KEY_LENGTH = 64
const names = new Map<string, Name>()

const NO_PREFIX: KeyPrefix = { first: '', next: '', closing: '' }
/** Comes before the first key of an object. */
const START: Name = { key: '', prefix: NO_PREFIX, listPrefix: NO_PREFIX, escapes: 0, next: undefined, other: undefined }

function nameAfter(before: Name, key: string): Name {
  if (before.next?.key === key) return before.next
  if (before.other?.key === key) return before.other
  const name = names.get(key) ?? remember(key)
  if (key.length <= MAX_KEY_LENGTH) {
    before.other = before.next
    before.next = name
  }
  return name
}

function remember(key: string): Name {
  const escaped = needsEscape(key) ? escapeString(key) : undefined
  const written = `${escaped ?? `\\"${key}\\"`}:`
  const name: Name = {
    key,
    prefix: toKeyPrefix(written, '', '\\"]'),
    listPrefix: toKeyPrefix(written, '[\\"', '\\"]'),
    escapes: escaped?.match(/["\\]/g)?.length ?? STRING_ESCAPES,
    next: undefined,
    other: undefined,
  }
  if (key.length > MAX_KEY_LENGTH) return name
  // Start over when full: old keys must not keep new ones out, and the chain behind START must not grow without bounds.
  if (names.size === MAX_NAMES) {
    names.clear()
    START.next = START.other = undefined
  }
  names.set(key, name)
  return name
}

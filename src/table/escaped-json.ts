import type { EscapeCount } from './escape-count.ts'
import { isRawJson } from './exact-json.ts'
import { type KeyPrefix, keyPrefix, toKeyPrefix } from './key-prefix.ts'
import { needsEscape } from './quote.ts'

/** Deeper than data goes: a cycle ends here. */
const MAX_DEPTH = 64

/**
 * Prints plain data as JSON inside a JSON string, that is what `JSON.stringify(JSON.stringify(value))` has between its
 * quotes, in one pass, and bigints as numbers. Undefined where the value is anything but plain data (a Date, a class
 * instance, `undefined` in a list, a cycle, NaN), which is left to what takes longer.
 *
 * @param marks with it, strings are written as they are, and the marks around them are added to it
 */
export function printEscaped(value: unknown, marks?: EscapeCount, depth = 0): string | undefined {
  switch (typeof value) {
    case 'string':
      return printText(value, marks)
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      if (depth > MAX_DEPTH || (value as { readonly toJSON?: unknown }).toJSON !== undefined) return undefined
      return Array.isArray(value) ? printList(value, marks, depth + 1) : printObject(value, marks, depth + 1)
    default:
      return undefined
  }
}

/** The marks of a text: a backslash and a quote at each end. */
const TEXT_MARKS = 4

function printText(text: string, marks: EscapeCount | undefined): string {
  if (marks !== undefined) marks.count += TEXT_MARKS
  else if (needsEscape(text)) return escapeText(text)
  return `\\"${text}\\"`
}

function escapeText(text: string): string {
  return JSON.stringify(JSON.stringify(text)).slice(1, -1)
}

function printList(list: readonly unknown[], marks: EscapeCount | undefined, depth: number): string | undefined {
  let text = ''
  for (let index = 0; index < list.length; index++) {
    const item = printEscaped(list[index], marks, depth)
    if (item === undefined) return undefined
    text += index === 0 ? item : `,${item}`
  }
  return `[${text}]`
}

function printObject(object: object, marks: EscapeCount | undefined, depth: number): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype === null ? isRawJson(object) : prototype !== Object.prototype || hasKeys(prototype)) return undefined
  let text = ''
  let isOpen = false
  let name = START
  let keyMarks = 0
  for (const key in object) {
    const value: unknown = object[key as keyof typeof object]
    name = nameAfter(name, key)
    keyMarks += name.marks
    const listed: string | undefined = Array.isArray(value)
      ? addTexts(text, isOpen, name.listed, value, marks)
      : undefined
    if (listed === undefined) {
      const item = printEscaped(value, marks, depth)
      if (item === undefined) return undefined
      text = text + keyPrefix(text, isOpen, name.labels) + item
    } else text = listed
    isOpen = listed !== undefined
  }
  if (marks !== undefined) marks.count += keyMarks
  return text === '' ? '{}' : isOpen ? `${text}\\"]}` : `${text}}`
}

/**
 * Writes a list of texts, as tags are, behind the text of an object, in as few pieces as it can be: the last one stays open.
 * Undefined where the list has anything else.
 */
function addTexts(
  before: string,
  isOpen: boolean,
  labels: KeyPrefix,
  list: readonly unknown[],
  marks: EscapeCount | undefined,
): string | undefined {
  let text = before
  let label = keyPrefix(before, isOpen, labels)
  let count = 0
  for (; count < list.length; count++) {
    const item = list[count]
    if (typeof item !== 'string' || (marks === undefined && needsEscape(item))) return undefined
    text = text + label + item
    label = BETWEEN_TEXTS
  }
  if (count === 0) return undefined
  if (marks !== undefined) marks.count += TEXT_MARKS * count
  return text
}

const BETWEEN_TEXTS = '\\",\\"'

/** Someone has given all objects a key, which this one would list as well. */
function hasKeys(object: object): boolean {
  for (const _ in object) return true
  return false
}

/** A key, ready to be written. */
interface Name {
  readonly key: string
  /** Before a value. */
  readonly labels: KeyPrefix
  /** Before the one text of a list. */
  readonly listed: KeyPrefix
  readonly marks: number
  /** The keys that came after this one the last times: one of them comes again, as a rule, and needs no search. */
  next: Name | undefined
  other: Name | undefined
}

/** Keys are the same ones over and over; as many as this are remembered, and a flood of new ones costs no memory. */
const MAX_NAMES = 500
const MAX_KEY_LENGTH = 64
const names = new Map<string, Name>()

const NO_LABELS: KeyPrefix = { first: '', next: '', closing: '' }
/** Comes before the first key of an object. */
const START: Name = { key: '', labels: NO_LABELS, listed: NO_LABELS, marks: 0, next: undefined, other: undefined }

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
  const escaped = needsEscape(key) ? escapeText(key) : undefined
  const label = `${escaped ?? `\\"${key}\\"`}:`
  const name: Name = {
    key,
    labels: toKeyPrefix(label, '', '\\"]'),
    listed: toKeyPrefix(label, '[\\"', '\\"]'),
    marks: escaped?.match(/["\\]/g)?.length ?? TEXT_MARKS,
    next: undefined,
    other: undefined,
  }
  if (key.length > MAX_KEY_LENGTH) return name
  // Those of yesterday must not keep out those of today, nor stay behind the beginning as a tree without bounds.
  if (names.size === MAX_NAMES) {
    names.clear()
    START.next = START.other = undefined
  }
  names.set(key, name)
  return name
}

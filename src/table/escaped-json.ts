import { needsEscape } from './quote.ts'

/** Deeper than data goes: a cycle ends here. */
const MAX_DEPTH = 64

/**
 * Prints plain data as JSON inside a JSON string, that is what `JSON.stringify(JSON.stringify(value))` has between its
 * quotes, in one pass, and bigints as numbers. Undefined where the value is anything but plain data (a Date, a class
 * instance, `undefined` in a list, a cycle), which is left to the real `JSON.stringify`.
 */
export function printEscaped(value: unknown, depth = 0): string | undefined {
  switch (typeof value) {
    case 'string':
      return printText(value)
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null'
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      if (depth > MAX_DEPTH || (value as { readonly toJSON?: unknown }).toJSON !== undefined) return undefined
      return Array.isArray(value) ? printList(value, depth + 1) : printObject(value, depth + 1)
    default:
      return undefined
  }
}

/** Keys are the same ones over and over; as many as this are remembered, so that a flood of new ones costs no memory. */
const MAX_LABELS = 500
const labels = new Map<string, string>()

/** A key as it stands behind a comma: with it in one piece, because a text of many pieces is slow to put together. */
function remember(key: string): string {
  const label = `,${printText(key)}:`
  if (labels.size < MAX_LABELS && key.length < 64) labels.set(key, label)
  return label
}

function printText(text: string): string {
  return needsEscape(text) ? JSON.stringify(JSON.stringify(text)).slice(1, -1) : `\\"${text}\\"`
}

function printList(list: readonly unknown[], depth: number): string | undefined {
  if (list.length === 1) return printSingle(list[0], depth)
  let text = ''
  for (let index = 0; index < list.length; index++) {
    const item = printEscaped(list[index], depth)
    if (item === undefined) return undefined
    text += index === 0 ? item : `,${item}`
  }
  return `[${text}]`
}

/** Tags are lists of one text, as a rule: in as few pieces as it can be. */
function printSingle(item: unknown, depth: number): string | undefined {
  if (typeof item === 'string' && !needsEscape(item)) return `[\\"${item}\\"]`
  const text = printEscaped(item, depth)
  return text === undefined ? undefined : `[${text}]`
}

function printObject(object: object, depth: number): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null) return undefined
  let text = ''
  for (const key in object) {
    if (!Object.hasOwn(object, key)) continue
    const item = printEscaped(object[key as keyof typeof object], depth)
    if (item === undefined) return undefined
    const label = labels.get(key) ?? remember(key)
    text += text === '' ? `{${label.slice(1)}` : label
    text += item
  }
  return text === '' ? '{}' : `${text}}`
}

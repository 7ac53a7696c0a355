import { Buffer } from './buffer.ts'

/** What kind of text a payload is, if it is not one JSON document. Records are fixed in different places by kind. */
export type JsonFault =
  | 'gzip'
  | 'zstd'
  | 'byte order mark'
  | 'UTF-16'
  | 'NaN or undefined'
  | 'single quotes'
  | 'control character'
  | 'cut off'
  | 'several documents'
  | 'other'

/** Where a text stops to be JSON: the index of the first character that JSON does not allow there, and the kind. */
export interface FoundFault {
  readonly index: number
  readonly fault: JsonFault
}

/** The first bytes of files that are not text. */
const MAGIC: readonly (readonly [JsonFault, ...number[]])[] = [
  ['gzip', 0x1f, 0x8b],
  ['zstd', 0x28, 0xb5, 0x2f, 0xfd],
  ['UTF-16', 0xff, 0xfe],
  ['UTF-16', 0xfe, 0xff],
]

/** What bytes are that are not UTF-8, by their beginning, and where the first invalid one is. */
export function explainBytes(bytes: Uint8Array): FoundFault {
  const known = MAGIC.find(([, ...magic]) => magic.every((byte, at) => bytes[at] === byte))
  if (known !== undefined) return { index: 0, fault: known[0] }
  // Invalid bytes become U+FFFD, which has other bytes: the first difference is the first invalid byte.
  const again = Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf8')
  return { index: bytes.findIndex((byte, at) => byte !== again[at]), fault: 'other' }
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
/** An escape at the end of a text, of which the rest may be missing. */
const BEGUN_ESCAPE = /^\\(?:u[\da-fA-F]{0,3})?$/
const FOREIGN_WORD = /-?(?:NaN|Infinity)|undefined|None|True|False/y

/**
 * Finds the first character of a text that cannot stand in a JSON document, in one pass. JSON.parse has already refused the
 * text, and its own message quotes the payload.
 */
export function findFault(text: string): FoundFault {
  if (text.charCodeAt(0) === 0xfeff) return { index: 0, fault: 'byte order mark' }
  const nul = text.indexOf('\0')
  if (nul === 0 || nul === 1) return { index: nul, fault: 'UTF-16' }
  const closing: string[] = []
  let index = skipSpace(text, 0)
  // A value comes next; after a bracket also its end; otherwise a comma or the end of what is open.
  let isValueNext = true
  let mayClose = false
  while (index < text.length) {
    const char = text[index] as string
    const end = closing.at(-1)
    if (char === end && (mayClose || !isValueNext)) {
      closing.pop()
      index++
      isValueNext = mayClose = false
    } else if (isValueNext) {
      if (end === '}') {
        const colon = char === '"' ? skipKey(text, index) : faultAt(text, index)
        if (typeof colon !== 'number') return colon
        index = colon
        if (index >= text.length) break
      }
      const opened = text[index] as string
      mayClose = opened === '{' || opened === '['
      if (mayClose) {
        closing.push(opened === '{' ? '}' : ']')
        index++
      } else {
        const after = opened === '"' ? skipString(text, index) : skipLiteral(text, index)
        if (typeof after !== 'number') return after
        index = after
        isValueNext = false
      }
    } else if (end === undefined) return { index, fault: isBracketed(text) ? 'several documents' : 'other' }
    else if (char === ',') {
      index++
      isValueNext = true
      mayClose = false
    } else return faultAt(text, index)
    index = skipSpace(text, index)
  }
  return cutOff(text)
}

/** More text after a value that is no object and no list is more likely a line of a log than a second document. */
function isBracketed(text: string): boolean {
  return /^[ \t\n\r]*[{[]/.test(text)
}

/** Skips a key with its colon, to the first character of its value. */
function skipKey(text: string, start: number): number | FoundFault {
  const after = skipString(text, start)
  if (typeof after !== 'number') return after
  const colon = skipSpace(text, after)
  if (colon < text.length && text[colon] !== ':') return faultAt(text, colon)
  return skipSpace(text, colon + 1)
}

function skipString(text: string, start: number): number | FoundFault {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 34) return index + 1
    if (code < 32) return { index, fault: 'control character' }
    if (code !== 92) continue
    const length = matchLength(ESCAPE, text, index)
    if (length === 0) return BEGUN_ESCAPE.test(text.slice(index, index + 6)) ? cutOff(text) : { index, fault: 'other' }
    index += length - 1
  }
  return cutOff(text)
}

function skipLiteral(text: string, index: number): number | FoundFault {
  const length = matchLength(LITERAL, text, index)
  return length > 0 && !/[\w.+-]/.test(text[index + length] ?? '') ? index + length : faultAt(text, index)
}

function faultAt(text: string, index: number): FoundFault {
  if (index >= text.length) return cutOff(text)
  if (text[index] === "'") return { index, fault: 'single quotes' }
  return { index, fault: matchLength(FOREIGN_WORD, text, index) > 0 ? 'NaN or undefined' : 'other' }
}

function cutOff(text: string): FoundFault {
  return { index: text.length, fault: 'cut off' }
}

function matchLength(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index
  return pattern.exec(text)?.[0].length ?? 0
}

function skipSpace(text: string, start: number): number {
  let index = start
  while (' \t\n\r'.includes(text[index] ?? 'x')) index++
  return index
}

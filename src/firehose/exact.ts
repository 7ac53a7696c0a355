const WHOLE_NUMBER = /^-?\d+$/
const SCALAR = /[^\s,\]}]+/y
const BETWEEN = /[\s,:]*/y
/** No column holds a longer number, and a bigint of it would be slow to create. */
const MAX_DIGITS = 1_000

/** A list or an object that is still being read. */
interface Open {
  readonly value: unknown[] | { [key: string]: unknown }
  key: string | undefined
}

/**
 * Reads JSON as `JSON.parse` does, except that a whole number beyond ±(2^53 - 1) becomes a bigint instead of a
 * rounded number. It takes ten times as long, so use it only for text that may have such a number. The source text that
 * newer runtimes pass to a reviver is not used: this works the same on all of them, and is faster.
 *
 * @throws SyntaxError like `JSON.parse`
 */
export function parseExactly(text: string): unknown {
  JSON.parse(text)
  // The text is valid if this did not throw, so the second reading checks nothing.
  const value = readValid(text)
  if (typeof value === 'object' && value !== null) readExactly.add(value)
  return value
}

const readExactly = new WeakSet<object>()

/** Notes that an event may hold a bigint, for an event that was not parsed itself but made of parts that were. */
export function markExact(event: object): void {
  readExactly.add(event)
}

/** Checks whether an event may hold a bigint. Hardly any does, so most need no walk to look for one. */
export function mayHoldBigints(event: unknown): boolean {
  return typeof event === 'object' && event !== null && readExactly.has(event)
}

/** Reads valid JSON, without recursion, because it may be nested deeply. */
function readValid(text: string): unknown {
  const open: Open[] = []
  let at = skip(text, 0)
  for (;;) {
    const parent = open.at(-1)
    const char = text[at]
    if (char === '}' || char === ']') {
      open.pop()
      if (open.length === 0) return parent?.value
      at = skip(text, at + 1)
    } else if (char === '{' || char === '[') {
      const value = char === '{' ? {} : []
      if (parent !== undefined) put(parent, value)
      open.push({ value, key: undefined })
      at = skip(text, at + 1)
    } else {
      const end = char === '"' ? endOfString(text, at) : endOfScalar(text, at)
      const value = toScalar(text.slice(at, end))
      if (parent === undefined) return value
      put(parent, value)
      at = skip(text, end)
    }
  }
}

/** Adds a value; in an object, keys and values alternate. */
function put(parent: Open, value: unknown): void {
  const { value: into, key } = parent
  if (Array.isArray(into)) into.push(value)
  else if (key === undefined) parent.key = value as string
  else {
    parent.key = undefined
    // Assigning this key would change the object's prototype.
    if (key === '__proto__')
      Object.defineProperty(into, key, { value, enumerable: true, writable: true, configurable: true })
    else into[key] = value
  }
}

function toScalar(source: string): unknown {
  if (source.length < 16 || source.length > MAX_DIGITS || !WHOLE_NUMBER.test(source)) return JSON.parse(source)
  const number = Number(source)
  return Number.isSafeInteger(number) ? number : BigInt(source)
}

function skip(text: string, at: number): number {
  BETWEEN.lastIndex = at
  BETWEEN.exec(text)
  return BETWEEN.lastIndex
}

function endOfScalar(text: string, at: number): number {
  SCALAR.lastIndex = at
  SCALAR.exec(text)
  return SCALAR.lastIndex
}

function endOfString(text: string, at: number): number {
  let end = text.indexOf('"', at + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end + 1
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1
  while (text[before] === '\\') before--
  return (quote - before) % 2 === 0
}

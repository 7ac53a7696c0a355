import { IcebergRouterError } from '../error.ts'
import type { Line } from './cut-lines.ts'

const EXPECTED = 'expected JSON Lines, one JSON object a line'

/**
 * Passes lines on, and refuses a file whose first two lines show that it is one JSON array, or one document over several
 * lines: each of its lines would fail.
 *
 * @throws IcebergRouterError `InvalidOptions` with the command that converts it to lines
 */
export async function* refuseDocuments(lines: AsyncGenerator<Line>, path: string): AsyncGenerator<Line> {
  const first = await nextLine(lines)
  if (first === undefined) return
  const begin = beginOf(first)
  const second = await nextLine(lines)
  const isArray = begin === '[' || (second === undefined && Array.isArray(parse(first)))
  if (isArray) throw refused('[', path)
  if (begin === '{' && second !== undefined && !isObject(second)) throw refused('{', path)
  yield first
  if (second !== undefined) yield second
  yield* lines
}

/** Returns `[` or `{` if a value begins in the line and does not end there. */
function beginOf({ bytes }: Line): '[' | '{' | undefined {
  const text = bytes?.toString('utf8').trim() ?? ''
  const begin = text[0]
  return (begin === '[' || begin === '{') && isOpen(text) ? begin : undefined
}

/** Checks for open brackets at the end of a line, outside of strings: a truncated line mostly ends inside a string. */
function isOpen(text: string): boolean {
  let depth = 0
  // Strings first, so that their brackets do not count.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|["[\]{}]/g)) {
    if (token === '"') return false
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth--
  }
  return depth > 0
}

function isObject(line: Line): boolean {
  const value = parse(line)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses a line; undefined if it is not JSON. */
function parse({ bytes }: Line): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '')
  } catch {
    return undefined
  }
}

function refused(begin: '[' | '{', path: string): IcebergRouterError {
  const [what, query] = begin === '[' ? ['a JSON array', "'.[]'"] : ['a JSON document that is printed over lines', '.']
  const remedy = `jq -c ${query} ${path} > events.jsonl`
  return new IcebergRouterError('InvalidOptions', `${path} is ${what}: ${EXPECTED}; convert it with: ${remedy}`)
}

async function nextLine(lines: AsyncGenerator<Line>): Promise<Line | undefined> {
  const next = await lines.next()
  return next.done === true ? undefined : next.value
}

import type { ActualField, ActualType } from './actual.ts'

/** A string that is being parsed, and how far the parser is. */
interface Cursor {
  readonly text: string
  position: number
}

/**
 * Parses a type as Glue shows it: `array<struct<sku:string,price:decimal(10,2)>>`. A string that it cannot parse becomes a
 * primitive type of that name, so that the comparison shows it unchanged.
 */
export function parseGlueType(text: string): ActualType {
  const cursor = { text: text.trim(), position: 0 }
  const type = readType(cursor)
  return type === undefined || cursor.position < cursor.text.length ? { kind: 'primitive', name: text.trim() } : type
}

function readType(cursor: Cursor): ActualType | undefined {
  // The names of types ignore case; the names of fields do not.
  const name = take(cursor, /[a-z_]\w*(?:\([\d, ]+\))?/iy)?.toLowerCase()
  if (name === undefined) return undefined
  if (name === 'array') return readArray(cursor)
  if (name === 'map') return readMap(cursor)
  if (name === 'struct') return readStruct(cursor)
  return { kind: 'primitive', name }
}

function readArray(cursor: Cursor): ActualType | undefined {
  if (take(cursor, /</y) === undefined) return undefined
  const element = readType(cursor)
  if (element === undefined || take(cursor, />/y) === undefined) return undefined
  return { kind: 'list', element, elementRequired: undefined }
}

function readMap(cursor: Cursor): ActualType | undefined {
  if (take(cursor, /</y) === undefined) return undefined
  const key = readType(cursor)
  if (key === undefined || take(cursor, /,/y) === undefined) return undefined
  const value = readType(cursor)
  if (value === undefined || take(cursor, />/y) === undefined) return undefined
  return { kind: 'map', key, value, valueRequired: undefined }
}

function readStruct(cursor: Cursor): ActualType | undefined {
  if (take(cursor, /</y) === undefined) return undefined
  const fields: ActualField[] = []
  do {
    const name = take(cursor, /[^:<>,]+/y)
    if (name === undefined || take(cursor, /:/y) === undefined) return undefined
    const type = readType(cursor)
    if (type === undefined) return undefined
    fields.push({ name: name.replaceAll('`', ''), type, required: undefined })
  } while (take(cursor, /,/y) !== undefined)
  return take(cursor, />/y) === undefined ? undefined : { kind: 'struct', fields }
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  // Spaces between the parts have no meaning.
  while (cursor.text[cursor.position] === ' ') cursor.position++
  pattern.lastIndex = cursor.position
  const token = pattern.exec(cursor.text)?.[0]
  cursor.position += token?.length ?? 0
  return token
}

import { keysOf } from '../select/lookup.ts'
import type { ElementOptions, JoinSource, MetadataName, Source } from '../select/source.ts'
import type { Column } from '../table/column.ts'
import type { Conversion } from './conversion.ts'
import { placeRoom, placeText } from './image.ts'
import { KINDS, NULL_IS_NULL } from './kinds.ts'
import { SLACK_BYTES } from './memory-layout.ts'
import { MAX_METADATA_BYTES, type RouteProgram } from './route-program.ts'
import { isWellFormed } from './well-formed.ts'

// Each source takes four words: its kind, its slot, and two settings.

/** The column and the program that a source is compiled for. */
export interface Target {
  readonly program: RouteProgram
  readonly column: Column
  /** How values of the event are written; undefined if the scanner cannot write them. */
  readonly conversion: Conversion | undefined
  /** Null in the event is written as null; inside another source it counts as missing. */
  readonly nullIsNull: boolean
}

/** The longest path: the scanner recurses once per key. */
const MAX_KEYS = 32

/** Adds a source to a program as the cells to try in order; false if the scanner cannot run a part of it. */
export function putSource(source: Source, target: Target): boolean {
  if (typeof source === 'string') return putValue(source, target)
  const inside = { ...target, nullIsNull: false }
  const isString = target.column.type.name === 'string'
  switch (source.kind) {
    case 'path':
      return putValue(source, target)
    case 'constant':
      return putConstant(source.value, target)
    case 'first':
      return source.sources.every((one) => putSource(one, inside))
    case 'default':
      return putSource(source.source, inside) && putConstant(source.value, target)
    case 'json':
      return isString && putValue(source.source, { ...inside, conversion: JSON_TEXT })
    case 'join':
      return isString && putJoined(source, target)
    case 'element':
      return isWellFormed([source.key, source.equals, source.take]) && putValue(source.source, inside, source)
    // The plain engine converts these; a column with a unit is as fast for strings.
    case 'epoch':
      return false
    case 'metadata':
      return putMetadata(source.name, target)
  }
}

const JSON_TEXT: Conversion = { kind: KINDS.json, a: 0, b: 0 }

/** Adds a value of the event. */
function putValue(source: Source, { program, conversion, nullIsNull }: Target, element?: ElementOptions): boolean {
  const keys = typeof source === 'string' ? keysOf(source) : source.kind === 'path' ? source.keys : undefined
  if (conversion === undefined || keys === undefined || keys.length > MAX_KEYS || !isWellFormed(keys)) return false
  const { words, wants } = program
  const { kind, a, b } = conversion
  wants.push({ word: words.length + 1, keys, element, isPrinted: kind === KINDS.json })
  words.push(nullIsNull ? kind + NULL_IS_NULL : kind, 0, a, b)
  return true
}

function putConstant(given: unknown, { program, column }: Target): boolean {
  // `compileRoute` handles a constant null.
  if (given === null) return true
  const text = column.type.encode(given, { from: 'value', unknownFields: 'refuse' })
  if (typeof text !== 'string') return false
  const { at, length } = placeText(program.image, text)
  program.words.push(KINDS.constant, at, length, 0)
  return true
}

function putJoined({ source, separator }: JoinSource, target: Target): boolean {
  if (!isWellFormed([separator])) return false
  const { at, length } = placeText(target.program.image, JSON.stringify(separator).slice(1, -1))
  return putValue(source, { ...target, conversion: { kind: KINDS.joined, a: at, b: length } })
}

function putMetadata(name: MetadataName, { program, conversion }: Target): boolean {
  const { image, words, cells } = program
  if (conversion?.kind !== (name === 'arrivalTime' ? KINDS.timestamp : KINDS.string)) return false
  if (name === 'arrivalTime') words.push(KINDS.arrival, 0, 0, 0)
  else {
    const at = placeRoom(image, MAX_METADATA_BYTES + SLACK_BYTES)
    cells.push({ name, at, lengthAt: (words.length + 2) * 4 })
    words.push(KINDS.constant, at, 0, 0)
  }
  return true
}

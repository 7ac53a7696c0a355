import { keysOf } from '../select/lookup.ts'
import type { ElementOptions, JoinSource, MetadataName, Source } from '../select/source.ts'
import type { Column } from '../table/column.ts'
import type { Conversion } from './conversion.ts'
import { placeRoom, placeText } from './image.ts'
import { KINDS, NULL_IS_NULL } from './kinds.ts'
import { SLACK_BYTES } from './layout.ts'
import { MAX_METADATA_BYTES, type RouteProgram } from './route-program.ts'
import { isWellFormed } from './well-formed.ts'

// Each source is four words: how it is written, where it is from, two settings.

/** What a source is for. */
export interface Target {
  readonly draft: RouteProgram
  readonly column: Column
  /** How values of the event are written; undefined where the scanner cannot. */
  readonly conversion: Conversion | undefined
  /** Null in the event is null in the row; inside of other sources it counts as missing. */
  readonly nullIsNull: boolean
}

/** Longest path: the scanner goes as deep by recursion. */
const MAX_KEYS = 32

/** Adds a source to a draft, as what is tried in order; false where something of it is not the scanner's. */
export function putSource(source: Source, target: Target): boolean {
  if (typeof source === 'string') return putValue(source, target)
  const inside = { ...target, nullIsNull: false }
  const isText = target.column.type.name === 'string'
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
      return isText && putValue(source.source, { ...inside, conversion: JSON_TEXT })
    case 'join':
      return isText && putJoined(source, target)
    case 'element':
      return isWellFormed([source.key, source.equals, source.take]) && putValue(source.source, inside, source)
    case 'metadata':
      return putMetadata(source.name, target)
  }
}

const JSON_TEXT: Conversion = { kind: KINDS.json, a: 0, b: 0 }

/** A value of the event. */
function putValue(source: Source, { draft, conversion, nullIsNull }: Target, element?: ElementOptions): boolean {
  const keys = typeof source === 'string' ? keysOf(source) : source.kind === 'path' ? source.keys : undefined
  if (conversion === undefined || keys === undefined || keys.length > MAX_KEYS || !isWellFormed(keys)) return false
  const { words, wants } = draft
  const { kind, a, b } = conversion
  wants.push({ word: words.length + 1, keys, element, isPrinted: kind === KINDS.json })
  words.push(nullIsNull ? kind + NULL_IS_NULL : kind, 0, a, b)
  return true
}

function putConstant(given: unknown, { draft, column }: Target): boolean {
  // Null by itself is the column's, which is what `draftRoute` is for.
  if (given === null) return true
  const text = column.type.encode(given, { from: 'value', unknownFields: 'refuse' })
  if (typeof text !== 'string') return false
  const { at, length } = placeText(draft.image, text)
  draft.words.push(KINDS.constant, at, length, 0)
  return true
}

function putJoined({ source, separator }: JoinSource, target: Target): boolean {
  if (!isWellFormed([separator])) return false
  const { at, length } = placeText(target.draft.image, JSON.stringify(separator).slice(1, -1))
  return putValue(source, { ...target, conversion: { kind: KINDS.joined, a: at, b: length } })
}

function putMetadata(name: MetadataName, { draft, conversion }: Target): boolean {
  const { image, words, cells } = draft
  if (conversion?.kind !== (name === 'arrivalTime' ? KINDS.timestamp : KINDS.string)) return false
  if (name === 'arrivalTime') words.push(KINDS.arrival, 0, 0, 0)
  else {
    const at = placeRoom(image, MAX_METADATA_BYTES + SLACK_BYTES)
    cells.push({ name, at, lengthAt: (words.length + 2) * 4 })
    words.push(KINDS.constant, at, 0, 0)
  }
  return true
}

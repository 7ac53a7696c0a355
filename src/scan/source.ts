import { lowerAscii } from '../select/element.ts'
import { keysOf } from '../select/lookup.ts'
import type { ElementSource, JoinSource, MetadataSource, Source } from '../select/source.ts'
import type { Column } from '../table/column.ts'
import { type Conversion, conversionOf } from './column.ts'
import { type Instruction, KINDS } from './instruction.ts'
import { isWellFormed } from './well-formed.ts'

/** What a source is for. */
export interface Target {
  readonly column: Column
  /** Null in the event is null in the row; inside of other sources it counts as missing. */
  readonly nullIsNull: boolean
}

/** The instructions that are tried in order, or undefined where one of them is not the scanner's. */
type Instructions = readonly Instruction[] | undefined

/** Longest path: the scanner goes as deep by recursion. */
const MAX_KEYS = 32

/** Lays a source out as instructions. */
export function instructionsOf(source: Source, target: Target): Instructions {
  const { column, nullIsNull } = target
  if (typeof source === 'string' || source.kind === 'path') {
    const conversion = conversionOf(column)
    return conversion && valueAt(source, { ...conversion, nullIsNull })
  }
  switch (source.kind) {
    case 'constant':
      return constant(source.value, column)
    case 'first':
      return alternatives(source.sources, column)
    case 'default':
      return alternatives([source.source, { kind: 'constant', value: source.value }], column)
    case 'json':
      return isText(column) ? valueAt(source.source, { kind: KINDS.json }) : undefined
    case 'join':
      return isText(column) ? joined(source, nullIsNull) : undefined
    case 'element':
      return element(source, conversionOf(column))
    case 'metadata':
      return metadata(source, conversionOf(column))
  }
}

function isText({ type }: Column): boolean {
  return type.name === 'string'
}

function valueAt(source: Source, conversion: Conversion): Instructions {
  const keys = pathOf(source)
  if (keys === undefined || keys.length > MAX_KEYS || !isWellFormed(keys)) return undefined
  return [{ ...conversion, keys }]
}

function pathOf(source: Source): readonly string[] | undefined {
  if (typeof source === 'string') return keysOf(source)
  return source.kind === 'path' ? source.keys : undefined
}

function constant(given: unknown, { type }: Column): Instructions {
  // Null by itself is the column's, which is what `planRoute` is for.
  if (given === null) return []
  const text = type.encode(given, { from: 'value', unknownFields: 'refuse' })
  return typeof text === 'string' ? [{ kind: KINDS.constant, text }] : undefined
}

function alternatives(sources: readonly Source[], column: Column): Instructions {
  const all: Instruction[] = []
  for (const source of sources) {
    const instructions = instructionsOf(source, { column, nullIsNull: false })
    if (instructions === undefined) return undefined
    all.push(...instructions)
  }
  return all
}

function joined({ source, separator }: JoinSource, nullIsNull: boolean): Instructions {
  if (!isWellFormed([separator])) return undefined
  return valueAt(source, { kind: KINDS.joined, nullIsNull, text: JSON.stringify(separator).slice(1, -1) })
}

function element(
  { source, key, equals, take, ignoreCase = false, last = false }: ElementSource,
  conversion: Conversion | undefined,
): Instructions {
  if (conversion === undefined || !isWellFormed([key, equals, take])) return undefined
  const wanted = ignoreCase ? lowerAscii(equals) : equals
  return valueAt(source, { ...conversion, element: { key, equals: wanted, take, ignoreCase, last } })
}

function metadata({ name }: MetadataSource, conversion: Conversion | undefined): Instructions {
  if (name !== 'arrivalTime')
    return conversion?.kind === KINDS.string ? [{ kind: KINDS.constant, metadata: name }] : undefined
  return conversion?.kind === KINDS.timestamp ? [{ kind: KINDS.arrival }] : undefined
}

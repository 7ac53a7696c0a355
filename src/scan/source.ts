import { lowerAscii } from '../select/element.ts'
import { keysOf } from '../select/lookup.ts'
import type { ElementSource, JoinSource, MetadataSource, Source } from '../select/source.ts'
import type { Column } from '../table/column.ts'
import { encodeMember, type Member } from '../table/members.ts'
import { type Conversion, conversionOf } from './column.ts'
import type { Instruction, ValueInstruction } from './instruction.ts'
import { isWellFormed } from './well-formed.ts'

/** A column with what is needed to lay out its sources. */
export interface Target {
  readonly column: Column
  readonly member: Member
}

/** Longest path: the scanner goes as deep by recursion. */
const MAX_KEYS = 32

/** Lays a source out as the instructions that are tried in order, or undefined where one of them is not the scanner's. */
export function instructionsOf(source: Source, target: Target): readonly Instruction[] | undefined {
  if (typeof source === 'string') return value(keysOf(source), target, { nullIsNull: true })
  switch (source.kind) {
    case 'path':
      return value(source.keys, target, { nullIsNull: true })
    case 'constant':
      return constant(source.value, target)
    case 'first':
      return alternatives(source.sources, target)
    case 'default': {
      const first = alternatives([source.source], target)
      const fallback = constant(source.value, target)
      return first === undefined || fallback === undefined ? undefined : [...first, ...fallback]
    }
    case 'json':
      return target.column.type.name === 'string' ? captured(source.source, target) : undefined
    case 'join':
      return joined(source, target)
    case 'element':
      return element(source, target)
    case 'metadata':
      return metadata(source, target)
  }
}

/** Inside of them null counts as missing. */
function alternatives(sources: readonly Source[], target: Target): readonly Instruction[] | undefined {
  const all: Instruction[] = []
  for (const source of sources) {
    const instructions = instructionsOf(source, target)
    if (instructions === undefined) return undefined
    for (const one of instructions) all.push('nullIsNull' in one ? { ...one, nullIsNull: false } : one)
  }
  return all
}

interface Details extends Pick<ValueInstruction, 'nullIsNull' | 'element' | 'separator'> {
  readonly conversion?: Pick<ValueInstruction, 'kind' | 'settings'>
}

function value(keys: readonly string[], { column }: Target, details: Details): readonly Instruction[] | undefined {
  const { conversion = conversionOf(column), ...rest } = details
  if (conversion === undefined || keys.length > MAX_KEYS || !keys.every(isWellFormed)) return undefined
  return [{ ...conversion, ...rest, keys }]
}

function constant(given: unknown, { member }: Target): readonly Instruction[] | undefined {
  // Inside others null counts as missing; by itself it is the column's, which is what `planColumn` is for.
  if (given === null) return []
  const text = encodeMember(member, given, { from: 'value', unknownFields: 'refuse' })
  return typeof text === 'string' ? [{ kind: 'constant', text }] : undefined
}

const JSON_TEXT: Conversion = { kind: 'json', settings: [0, 0] }

function captured(source: Source, target: Target): readonly Instruction[] | undefined {
  const keys = pathOf(source)
  return keys && value(keys, target, { nullIsNull: false, conversion: JSON_TEXT })
}

function joined({ source, separator }: JoinSource, target: Target): readonly Instruction[] | undefined {
  const keys = pathOf(source)
  if (keys === undefined || target.column.type.name !== 'string' || !isWellFormed(separator)) return undefined
  const between = JSON.stringify(separator).slice(1, -1)
  return value(keys, target, {
    nullIsNull: true,
    separator: between,
    conversion: { kind: 'joined', settings: [0, 0] },
  })
}

function element(
  { source, key, equals, take, ignoreCase, last }: ElementSource,
  target: Target,
): readonly Instruction[] | undefined {
  const keys = pathOf(source)
  if (keys === undefined || ![key, equals, take].every(isWellFormed)) return undefined
  const wanted = ignoreCase === true ? lowerAscii(equals) : equals
  const options = { key, equals: wanted, take, ignoreCase: ignoreCase === true, last: last === true }
  return value(keys, target, { nullIsNull: false, element: options })
}

function metadata({ name }: MetadataSource, { column }: Target): readonly Instruction[] | undefined {
  const conversion = conversionOf(column)
  if (name === 'arrivalTime') return conversion?.kind === 'timestamp' ? [{ kind: 'arrival' }] : undefined
  return conversion?.kind === 'string' ? [{ kind: 'constant', metadata: name }] : undefined
}

function pathOf(source: Source): readonly string[] | undefined {
  if (typeof source === 'string') return keysOf(source)
  return source.kind === 'path' ? source.keys : undefined
}

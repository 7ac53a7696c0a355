import type { Field } from '../table/fields.ts'
import type { ActualField, ActualList, ActualMap, ActualType } from './actual.ts'
import type { Difference } from './difference.ts'
import { type Level, notDeclared, notInTable, nullabilityDifference } from './field-difference.ts'
import { comparePrimitive, kindMismatch, type Location } from './primitive.ts'

/** Finds every difference between declared columns, or fields of a struct, and those of a table, at any depth. */
export function compareFields(declared: readonly Field[], found: readonly ActualField[], spot: Location): Difference[] {
  const level: Level = spot.path === '' ? 'column' : 'nested'
  const foundByName = new Map(found.map((field) => [field.name, field]))
  const twins = new Map(found.map(({ name }) => [name.toLowerCase(), name]))
  // What is told of as a declared field: itself, or its twin in other case.
  const told = new Set(declared.map(({ name }) => (foundByName.has(name) ? name : twins.get(name))))
  return [
    ...declared.flatMap((field) => {
      const other = foundByName.get(field.name)
      const path = pathTo(spot, field.name)
      return other === undefined
        ? [notInTable(path, twins.get(field.name), level)]
        : inside(field, other, { ...spot, path })
    }),
    ...found.filter(({ name }) => !told.has(name)).map((field) => notDeclared(pathTo(spot, field.name), field, level)),
  ]
}

/** What a column, an element or a value of a table holds. */
type Held = Pick<ActualField, 'type' | 'required'>

function inside(declared: Field, found: Held, spot: Location): Difference[] {
  return [
    ...nullabilityDifference(spot.path, { declared: !declared.column.nullable, found: found.required }),
    ...compareTypes(declared, found.type, spot),
  ]
}

function compareTypes(declared: Field, found: ActualType, spot: Location): Difference[] {
  const { type } = declared.column
  switch (type.name) {
    case 'struct':
      if (found.kind === 'struct') return compareFields(declared.children, found.fields, spot)
      break
    case 'list':
      if (found.kind === 'list') return compareInner(declared, [elementOf(found)], spot)
      break
    case 'map':
      if (found.kind === 'map') return compareInner(declared, entryOf(found), spot)
      break
    default:
      if (found.kind === 'primitive') return comparePrimitive(declared, type, found, spot)
  }
  return [kindMismatch(declared, found, spot.path)]
}

/** The fields inside a list or a map, which have their places and no names of their own. */
function compareInner({ children }: Field, found: readonly Held[], spot: Location): Difference[] {
  return children.flatMap((field, index) => {
    const other = found[index]
    return other === undefined ? [] : inside(field, other, { ...spot, path: pathTo(spot, field.name) })
  })
}

function elementOf({ element, elementRequired }: ActualList): Held {
  return { type: element, required: elementRequired }
}

/** A key is never null, on neither side. */
function entryOf({ key, value, valueRequired }: ActualMap): readonly Held[] {
  return [
    { type: key, required: true },
    { type: value, required: valueRequired },
  ]
}

function pathTo({ path }: Location, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

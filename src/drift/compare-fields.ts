import type { Field } from '../table/fields.ts'
import type { ActualField, ActualList, ActualMap, ActualType } from './actual.ts'
import type { Difference } from './difference.ts'
import { type Level, notDeclared, notInTable, nullabilityDifference } from './field-difference.ts'
import { comparePrimitive, kindMismatch, type Location } from './primitive.ts'

/** Finds every difference between declared columns, or fields of a struct, and those of a table, at any depth. */
export function compareFields(
  declared: readonly Field[],
  actual: readonly ActualField[],
  location: Location,
): Difference[] {
  const level: Level = location.path === '' ? 'column' : 'nested'
  const actualByName = new Map(actual.map((field) => [field.name, field]))
  const twins = new Map(actual.map(({ name }) => [name.toLowerCase(), name]))
  // Actual fields that belong to a declared field: the same name, or the same name in another case.
  const matched = new Set(declared.map(({ name }) => (actualByName.has(name) ? name : twins.get(name))))
  return [
    ...declared.flatMap((field) => {
      const other = actualByName.get(field.name)
      const path = pathTo(location, field.name)
      return other === undefined
        ? [notInTable(path, twins.get(field.name), level)]
        : compareContent(field, other, { ...location, path })
    }),
    ...actual
      .filter(({ name }) => !matched.has(name))
      .map((field) => notDeclared(pathTo(location, field.name), field, level)),
  ]
}

/** The type and nullability of a column, an element, a key or a value. */
type Content = Pick<ActualField, 'type' | 'required'>

function compareContent(declared: Field, actual: Content, location: Location): Difference[] {
  return [
    ...nullabilityDifference(location.path, { declared: !declared.column.nullable, actual: actual.required }),
    ...compareTypes(declared, actual.type, location),
  ]
}

function compareTypes(declared: Field, actual: ActualType, location: Location): Difference[] {
  const { type } = declared.column
  switch (type.name) {
    case 'struct':
      if (actual.kind === 'struct') return compareFields(declared.children, actual.fields, location)
      break
    case 'list':
      if (actual.kind === 'list') return compareInner(declared, [elementOf(actual)], location)
      break
    case 'map':
      if (actual.kind === 'map') return compareInner(declared, entryOf(actual), location)
      break
    default:
      if (actual.kind === 'primitive') return comparePrimitive(declared, type, actual, location)
  }
  return [kindMismatch(declared, actual, location.path)]
}

/** Compares the contents of a list or a map by position, because they have no names. */
function compareInner({ children }: Field, actual: readonly Content[], location: Location): Difference[] {
  return children.flatMap((field, index) => {
    const other = actual[index]
    return other === undefined ? [] : compareContent(field, other, { ...location, path: pathTo(location, field.name) })
  })
}

function elementOf({ element, elementRequired }: ActualList): Content {
  return { type: element, required: elementRequired }
}

/** Keys are never null, neither declared nor actual. */
function entryOf({ key, value, valueRequired }: ActualMap): readonly Content[] {
  return [
    { type: key, required: true },
    { type: value, required: valueRequired },
  ]
}

function pathTo({ path }: Location, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

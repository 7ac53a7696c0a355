import type { IcebergField, IcebergType } from '../table/artefacts/types.ts'
import type { Difference } from './difference.ts'
import { type Level, notDeclared, notInTable, nullabilityDifference } from './fields.ts'
import type { FoundField, FoundType } from './found.ts'
import { comparePrimitive, kindMismatch, type Spot } from './primitive.ts'

/** Finds every difference between declared columns, or fields of a struct, and those of a table, at any depth. */
export function compareFields(
  declared: readonly IcebergField[],
  found: readonly FoundField[],
  spot: Spot,
): Difference[] {
  const level: Level = spot.path === '' ? 'column' : 'nested'
  const names = new Set(declared.map(({ name }) => name))
  const foundByName = new Map(found.map((field) => [field.name, field]))
  const twins = new Map(found.map(({ name }) => [name.toLowerCase(), name]))
  return [
    ...declared.flatMap((field) => {
      const other = foundByName.get(field.name)
      const path = pathTo(spot, field.name)
      return other === undefined
        ? [notInTable(path, twins.get(field.name), level)]
        : inside(field, other, { ...spot, path })
    }),
    // A twin in other case is told of once, as the declared field that it was meant to be.
    ...found
      .filter(({ name }) => !names.has(name) && !names.has(name.toLowerCase()))
      .map((field) => notDeclared(pathTo(spot, field.name), field, level)),
  ]
}

/** What may hold null and what type it has: of a column, an element, a value. */
type Held = Pick<IcebergField, 'type' | 'required'>

function inside(declared: Held, found: Pick<FoundField, 'type' | 'required'>, spot: Spot): Difference[] {
  return [
    ...nullabilityDifference(spot.path, { declared: declared.required, found: found.required }),
    ...compareTypes(declared.type, found.type, spot),
  ]
}

function compareTypes(declared: IcebergType, found: FoundType, spot: Spot): Difference[] {
  if (typeof declared === 'string') {
    return found.kind === 'primitive'
      ? comparePrimitive(declared, found, spot)
      : [kindMismatch(declared, found, spot.path)]
  }
  const at = (name: string): Spot => ({ ...spot, path: pathTo(spot, name) })
  if (declared.type === 'struct' && found.kind === 'struct') return compareFields(declared.fields, found.fields, spot)
  if (declared.type === 'list' && found.kind === 'list') {
    const element = { type: declared.element, required: declared['element-required'] }
    return inside(element, { type: found.element, required: found.elementRequired }, at('element'))
  }
  if (declared.type === 'map' && found.kind === 'map') {
    const value = { type: declared.value, required: declared['value-required'] }
    return [
      ...compareTypes(declared.key, found.key, at('key')),
      ...inside(value, { type: found.value, required: found.valueRequired }, at('value')),
    ]
  }
  return [kindMismatch(declared, found, spot.path)]
}

function pathTo({ path }: Spot, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

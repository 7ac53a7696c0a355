import type { IcebergPrimitive, IcebergType } from './iceberg-type.ts'

/** The parts of a type that dialects of Hive spell differently. */
export interface HiveSpelling {
  readonly primitive: (type: IcebergPrimitive, path: string) => string
  readonly fieldName: (name: string) => string
}

/**
 * Spells a type as Hive does, `array<struct<sku:string,price:decimal(10,2)>>`; Athena's DDL accepts this, and the Glue
 * catalog shows it.
 *
 * @param path the place of the type, as `order.lines.element`
 */
export function toHiveType(type: IcebergType, path: string, spelling: HiveSpelling): string {
  if (typeof type === 'string') return spelling.primitive(type, path)
  const spell = (inner: IcebergType, name: string): string => toHiveType(inner, `${path}.${name}`, spelling)
  switch (type.type) {
    case 'list':
      return `array<${spell(type.element, 'element')}>`
    case 'map':
      return `map<${spell(type.key, 'key')},${spell(type.value, 'value')}>`
    case 'struct':
      return `struct<${type.fields.map(({ name, type }) => `${spelling.fieldName(name)}:${spell(type, name)}`).join(',')}>`
  }
}

/** The names of primitive types that need no settings. */
export type PlainPrimitive = Exclude<IcebergPrimitive, `decimal${string}` | `fixed${string}`>

/** A primitive type taken apart. */
export type PrimitiveParts =
  | { readonly name: PlainPrimitive }
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly name: 'fixed'; readonly length: number }

/** Takes a primitive type apart, so that a switch over its name can be exhaustive. */
export function primitiveParts(type: IcebergPrimitive): PrimitiveParts {
  const [, name, first, second] = /^(decimal|fixed)[([](\d+)(?:, ?(\d+))?[)\]]$/.exec(type) ?? []
  if (name === 'decimal') return { name, precision: Number(first), scale: Number(second) }
  if (name === 'fixed') return { name, length: Number(first) }
  return { name: type as PlainPrimitive }
}

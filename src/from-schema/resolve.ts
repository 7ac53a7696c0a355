import { isJsonSchema, type JsonSchema, lookUp } from './json-schema-type.ts'

/** The current place of the conversion in a schema. */
export interface Location {
  readonly root: JsonSchema
  /** The keys on the way here. */
  readonly path: readonly string[]
  /** The references on the way here; one that is repeated contains itself. */
  readonly refs: readonly string[]
  /** How many parts may still be visited: references can make a small schema exponentially large. */
  readonly budget: { left: number }
}

/** The kinds of values of a place, and whether null is one of them. */
export interface Variants {
  readonly nullable: boolean
  readonly variants: readonly { readonly schema: JsonSchema; readonly location: Location }[]
}

/** Why a schema cannot be resolved; whether it accepts null may still be known. */
export class Unresolvable {
  readonly reason: string
  readonly nullable: boolean

  constructor(reason: string, nullable = false) {
    this.reason = reason
    this.nullable = nullable
  }
}

/** Follows references, and splits a union into its kinds of value and null. */
export function resolveVariants(schema: unknown, location: Location): Variants | Unresolvable {
  if (location.budget.left-- <= 0) return new Unresolvable('one part too many')
  // `true` accepts anything, like an empty schema.
  const node = schema === true ? {} : schema
  if (!isJsonSchema(node)) return new Unresolvable(schema === false ? 'a value that cannot exist' : 'no JSON Schema')
  if (typeof node['$ref'] === 'string') return follow(node, node['$ref'], location)
  const union = node['anyOf'] ?? node['oneOf']
  if (Array.isArray(union)) return unite(union.map((variant) => resolveVariants(inherit(node, variant), location)))
  if (Array.isArray(node['allOf'])) return intersect(node, node['allOf'], location)
  if (Array.isArray(node['type']))
    return unite(node['type'].map((type) => resolveVariants({ ...node, type }, location)))
  if (isNull(node)) return { nullable: true, variants: [] }
  return withoutNull(node, location)
}

/** TypeBox's names of types that JSON does not have. */
function isNull({ type, const: value }: JsonSchema): boolean {
  return type === 'null' || type === 'undefined' || type === 'void' || value === null
}

/** Checks for null: OpenAPI's `nullable`, or an enum that lists null. */
function withoutNull(node: JsonSchema, location: Location): Variants {
  const values = node['enum']
  if (!Array.isArray(values) || !values.includes(null)) {
    return { nullable: node['nullable'] === true, variants: [{ schema: node, location }] }
  }
  const rest = values.filter((value) => value !== null)
  return { nullable: true, variants: rest.length === 0 ? [] : [{ schema: { ...node, enum: rest }, location }] }
}

function follow(node: JsonSchema, ref: string, location: Location): Variants | Unresolvable {
  if (location.refs.includes(ref)) return new Unresolvable('a schema that contains itself')
  const target = lookUp(location.root, ref)
  if (target === undefined) return new Unresolvable(`a reference to ${ref}, which is not in the schema`)
  const { $ref: _, ...siblings } = node
  const merged = isJsonSchema(target) ? { ...target, ...siblings } : target
  return resolveVariants(merged, { ...location, refs: [...location.refs, ref] })
}

function unite(all: readonly (Variants | Unresolvable)[]): Variants | Unresolvable {
  const isNullable = all.some(({ nullable }) => nullable)
  const failed = all.find((one) => one instanceof Unresolvable)
  if (failed !== undefined) return new Unresolvable(failed.reason, isNullable)
  const resolved = all.filter((each): each is Variants => !(each instanceof Unresolvable))
  return { nullable: isNullable, variants: resolved.flatMap(({ variants }) => variants) }
}

/** Applies the keywords beside a union to each of its members. */
function inherit(node: JsonSchema, variant: unknown): unknown {
  if (!isJsonSchema(variant)) return variant
  const { anyOf: _, oneOf: __, ...rest } = node
  return { ...rest, ...variant }
}

/** Joins an intersection of objects into one object with all fields; other intersections have no type. */
function intersect(node: JsonSchema, parts: readonly unknown[], location: Location): Variants | Unresolvable {
  const { allOf: _, ...own } = node
  const each = [...parts.filter((part) => !takesAll(part)), own]
    .filter((part) => !isEmpty(part))
    .map((part) => resolveVariants(part, location))
  const all = unite(each)
  // Null has to be accepted by all of them.
  const isNullable = each.every(({ nullable }) => nullable)
  if (all instanceof Unresolvable) return new Unresolvable(all.reason, isNullable)
  if (all.variants.length < 2) return { nullable: isNullable, variants: all.variants }
  const schemas = all.variants.map(({ schema }) => schema)
  if (!schemas.every((schema) => isJsonSchema(schema['properties'])))
    return new Unresolvable('an intersection', isNullable)
  const properties = schemas.flatMap((schema) => Object.entries(schema['properties'] as JsonSchema))
  const names = properties.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return new Unresolvable(`an intersection in which ${twice} appears twice`, isNullable)
  const required = schemas.flatMap((schema) => (Array.isArray(schema['required']) ? schema['required'] : []))
  const merged = { type: 'object', properties: Object.fromEntries(properties), required }
  return { nullable: isNullable, variants: [{ schema: merged, location }] }
}

/** Keywords of a schema that do not restrict its values. */
const ASIDES = ['$comment', '$defs', '$id', '$schema', 'definitions', 'description', 'title']

/** Checks whether a schema accepts anything, null included. */
export function takesAll(part: unknown): boolean {
  if (!isJsonSchema(part) || part['nullable'] !== true) return false
  const { nullable: _, ...rest } = part
  return isEmpty(rest)
}

function isEmpty(part: unknown): boolean {
  return isJsonSchema(part) && Object.keys(part).every((key) => ASIDES.includes(key))
}

import { isJsonSchema, type JsonSchema, lookUp } from './json-schema-type.ts'

/** Where in a schema the conversion is. */
export interface Location {
  readonly root: JsonSchema
  /** The keys that led here. */
  readonly path: readonly string[]
  /** The references that led here: one that comes again has no end. */
  readonly refs: readonly string[]
  /** How many parts may yet be looked at: references into each other can make a small schema endlessly large. */
  readonly budget: { left: number }
}

/** What a place may hold: kinds of value, and whether null. */
export interface Variants {
  readonly nullable: boolean
  readonly variants: readonly { readonly schema: JsonSchema; readonly spot: Location }[]
}

/** Why a schema cannot be followed; whether it takes null may be known all the same. */
export class Unresolvable {
  readonly reason: string
  readonly nullable: boolean

  constructor(reason: string, nullable = false) {
    this.reason = reason
    this.nullable = nullable
  }
}

/** Follows references, and splits a union into its kinds of value and null. */
export function resolveVariants(schema: unknown, spot: Location): Variants | Unresolvable {
  if (spot.budget.left-- <= 0) return new Unresolvable('a part too many')
  // `true` takes anything, as does an empty schema.
  const node = schema === true ? {} : schema
  if (!isJsonSchema(node)) return new Unresolvable(schema === false ? 'a value that cannot be' : 'no JSON Schema')
  if (typeof node['$ref'] === 'string') return follow(node, node['$ref'], spot)
  const union = node['anyOf'] ?? node['oneOf']
  if (Array.isArray(union)) return unite(union.map((variant) => resolveVariants(inherit(node, variant), spot)))
  if (Array.isArray(node['allOf'])) return intersect(node, node['allOf'], spot)
  if (Array.isArray(node['type'])) return unite(node['type'].map((type) => resolveVariants({ ...node, type }, spot)))
  if (isNull(node)) return { nullable: true, variants: [] }
  return withoutNull(node, spot)
}

/** TypeBox has words for what JSON has not. */
function isNull({ type, const: value }: JsonSchema): boolean {
  return type === 'null' || type === 'undefined' || type === 'void' || value === null
}

/** `nullable` is OpenAPI's; an enum may list null. */
function withoutNull(node: JsonSchema, spot: Location): Variants {
  const values = node['enum']
  if (!Array.isArray(values) || !values.includes(null)) {
    return { nullable: node['nullable'] === true, variants: [{ schema: node, spot }] }
  }
  const rest = values.filter((value) => value !== null)
  return { nullable: true, variants: rest.length === 0 ? [] : [{ schema: { ...node, enum: rest }, spot }] }
}

function follow(node: JsonSchema, ref: string, spot: Location): Variants | Unresolvable {
  if (spot.refs.includes(ref)) return new Unresolvable('a schema that contains itself')
  const target = lookUp(spot.root, ref)
  if (target === undefined) return new Unresolvable(`a reference to ${ref}, which is not in the schema`)
  const { $ref: _, ...siblings } = node
  const merged = isJsonSchema(target) ? { ...target, ...siblings } : target
  return resolveVariants(merged, { ...spot, refs: [...spot.refs, ref] })
}

function unite(all: readonly (Variants | Unresolvable)[]): Variants | Unresolvable {
  const isNullable = all.some(({ nullable }) => nullable)
  const failed = all.find((one) => one instanceof Unresolvable)
  if (failed !== undefined) return new Unresolvable(failed.reason, isNullable)
  const resolved = all.filter((one): one is Variants => !(one instanceof Unresolvable))
  return { nullable: isNullable, variants: resolved.flatMap(({ variants }) => variants) }
}

/** What stands beside a union holds for each of its members. */
function inherit(node: JsonSchema, variant: unknown): unknown {
  if (!isJsonSchema(variant)) return variant
  const { anyOf: _, oneOf: __, ...rest } = node
  return { ...rest, ...variant }
}

/** Several objects that hold at once are one object with the fields of all; other intersections have no type. */
function intersect(node: JsonSchema, parts: readonly unknown[], spot: Location): Variants | Unresolvable {
  const { allOf: _, ...own } = node
  const each = [...parts.filter((part) => !takesAll(part)), own]
    .filter((part) => !isEmpty(part))
    .map((part) => resolveVariants(part, spot))
  const all = unite(each)
  // Null has to pass all of them.
  const isNullable = each.every(({ nullable }) => nullable)
  if (all instanceof Unresolvable) return new Unresolvable(all.reason, isNullable)
  if (all.variants.length < 2) return { nullable: isNullable, variants: all.variants }
  const schemas = all.variants.map(({ schema }) => schema)
  if (!schemas.every((schema) => isJsonSchema(schema['properties'])))
    return new Unresolvable('an intersection', isNullable)
  const properties = schemas.flatMap((schema) => Object.entries(schema['properties'] as JsonSchema))
  const names = properties.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return new Unresolvable(`an intersection in which ${twice} stands twice`, isNullable)
  const required = schemas.flatMap((schema) => (Array.isArray(schema['required']) ? schema['required'] : []))
  const merged = { type: 'object', properties: Object.fromEntries(properties), required }
  return { nullable: isNullable, variants: [{ schema: merged, spot }] }
}

/** Words of a schema that say nothing of its values. */
const ASIDES = ['$comment', '$defs', '$id', '$schema', 'definitions', 'description', 'title']

/** Tells whether a schema takes anything, and says that null is among it. */
export function takesAll(part: unknown): boolean {
  if (!isJsonSchema(part) || part['nullable'] !== true) return false
  const { nullable: _, ...rest } = part
  return isEmpty(rest)
}

function isEmpty(part: unknown): boolean {
  return isJsonSchema(part) && Object.keys(part).every((key) => ASIDES.includes(key))
}

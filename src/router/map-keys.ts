import { isObject } from '../options.ts'
import type { PathSegment } from '../path.ts'
import type { StandardSchema } from '../standard-schema.ts'

type Node = { readonly [key: string]: unknown }

/** Of references within references; a schema may contain itself. */
const MAX_DEPTH = 20

/** A key of a map is data, and prints as `[*]`. */
const ANY_KEY = '*'

/** Replaces the keys of maps in a path, as far as the schema says which they are: as JSON Schema, which many can write. */
export function hideMapKeys(schema: StandardSchema, path: readonly PathSegment[]): PathSegment[] {
  const root = jsonSchemaOf(schema)
  if (root === undefined) return [...path]
  let nodes: readonly Node[] = [root]
  return path.map((segment) => {
    const known = nodes.flatMap((node) => alternatives(root, node))
    const fields = known.flatMap(({ properties }) =>
      isObject(properties) && Object.hasOwn(properties, segment) ? [properties[segment]] : [],
    )
    const values = known.flatMap(valuesOf)
    const elements = known.flatMap(({ items, prefixItems }) => [items, prefixItems].flat())
    nodes = (typeof segment === 'number' ? elements : fields.length > 0 ? fields : values).filter(isObject)
    return typeof segment === 'string' && fields.length === 0 && values.length > 0 ? ANY_KEY : segment
  })
}

/** The schemas of a map's values; empty if the object takes no other keys than its properties. */
function valuesOf({ additionalProperties, patternProperties }: Node): unknown[] {
  const patterns = isObject(patternProperties) ? Object.values(patternProperties) : []
  return isObject(additionalProperties) && !('not' in additionalProperties)
    ? [additionalProperties, ...patterns]
    : patterns
}

/** A node, what it refers to, and the members of its unions. */
function alternatives(root: Node, node: Node, depth = 0): Node[] {
  if (depth > MAX_DEPTH) return []
  const { $ref, anyOf, oneOf, allOf } = node
  const inner = [resolve(root, $ref), anyOf, oneOf, allOf].flat().filter(isObject)
  return [node, ...inner.flatMap((schema) => alternatives(root, schema, depth + 1))]
}

/** What a reference such as `#/$defs/user` refers to. */
function resolve(root: Node, ref: unknown): unknown {
  if (typeof ref !== 'string' || !ref.startsWith('#')) return undefined
  let value: unknown = root
  for (const key of ref.split('/').slice(1))
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

const known = new WeakMap<StandardSchema, { readonly root: Node | undefined }>()

/** Asked for once, and only when a record has failed. */
function jsonSchemaOf(schema: StandardSchema): Node | undefined {
  const found = known.get(schema) ?? { root: writeJsonSchema(schema) }
  known.set(schema, found)
  return found.root
}

function writeJsonSchema(schema: StandardSchema): Node | undefined {
  const { jsonSchema } = schema['~standard'] as { readonly jsonSchema?: unknown }
  if (!isObject(jsonSchema) || typeof jsonSchema['input'] !== 'function') return undefined
  try {
    const written: unknown = jsonSchema['input']({ target: 'draft-2020-12' })
    return isObject(written) ? written : undefined
  } catch {
    // It cannot say everything as JSON Schema.
    return undefined
  }
}

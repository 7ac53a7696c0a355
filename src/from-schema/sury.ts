import { ANYTHING, BIGINT, DATE, isJsonSchema, type JsonSchema, NULL, unrepresentable } from './json-schema-type.ts'

/** The parts of a Sury schema that are used here. */
interface SurySchema {
  readonly type: string
  /** The output of a transformation. */
  readonly to?: SurySchema
  /** The class of an instance. */
  readonly class?: unknown
  readonly anyOf?: readonly SurySchema[]
  readonly properties?: { readonly [key: string]: SurySchema }
  readonly required?: readonly string[]
  /** The elements of a tuple. */
  readonly items?: readonly unknown[]
  /** The schema of other elements or values, or how to treat them. */
  readonly additionalItems?: SurySchema | string
}

/** Writes the JSON Schema of a part; throws if the part has none. */
export type WritePart = (schema: unknown) => unknown

/**
 * Writes the JSON Schema of a Sury schema part by part. Sury itself refuses the whole schema if one part, such as a Date, has
 * no JSON Schema.
 */
export function writeSury(schema: unknown, write: WritePart, depth = 0): JsonSchema {
  let reason: string
  try {
    const json = write(schema)
    return isJsonSchema(json) ? json : ANYTHING
  } catch (cause) {
    reason = cause instanceof Error ? cause.message : 'no JSON Schema'
  }
  if (depth > 64) return unrepresentable('a schema that contains itself')
  const output = outputOf(schema as SurySchema)
  return (
    writeParts(output, (part) => writeSury(part, write, depth + 1)) ??
    unrepresentable(`a value that Sury cannot write (${reason})`)
  )
}

function outputOf(schema: SurySchema): SurySchema {
  let output = schema
  for (let steps = 0; output.to !== undefined && steps < 64; steps++) output = output.to
  return output
}

function writeParts(schema: SurySchema, write: (part: SurySchema) => JsonSchema): JsonSchema | undefined {
  const { type, anyOf = [], properties = {}, required = [], items = [], additionalItems } = schema
  const others = typeof additionalItems === 'object' ? write(additionalItems) : undefined
  switch (type) {
    case 'bigint':
      return BIGINT
    case 'undefined':
      return NULL
    case 'unknown':
      return ANYTHING
    case 'instance':
      return schema.class === Date ? DATE : undefined
    case 'anyOf':
      return { anyOf: anyOf.map(write) }
    case 'array':
      return items.length === 0 && others !== undefined ? { type: 'array', items: others } : undefined
    case 'object': {
      const fields = Object.entries(properties).map(([key, part]) => [key, write(part)] as const)
      return { type, properties: Object.fromEntries(fields), required, ...(others && { additionalProperties: others }) }
    }
    default:
      return undefined
  }
}

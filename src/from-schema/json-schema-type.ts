/** A JSON Schema, as JSON. https://json-schema.org/draft/2020-12/json-schema-core */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** JSON has neither dates nor integers of 64 bits; a table has. */
export const DATE: JsonSchema = { type: 'string', format: 'date-time' }
export const BIGINT: JsonSchema = { type: 'integer', format: 'int64' }
export const NULL: JsonSchema = { type: 'null' }
export const ANYTHING: JsonSchema = { nullable: true }

/** A keyword of ours: why a part of a schema has no JSON Schema. It is reported only if no column is given for the part. */
export const REASON = '~reason'

/** A part without a JSON Schema. */
export function unrepresentable(reason: string): JsonSchema {
  return { [REASON]: reason }
}

/** Tells a JSON object from everything else. */
export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Finds what a JSON pointer into the same schema names. https://www.rfc-editor.org/rfc/rfc6901 */
export function lookUp(root: JsonSchema, ref: string): unknown {
  if (!ref.startsWith('#')) return undefined
  let target: unknown = root
  for (const segment of ref.slice(1).split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return undefined
    target = (target as JsonSchema)[key]
  }
  return target
}

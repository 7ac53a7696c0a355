/** A JSON Schema, as JSON. https://json-schema.org/draft/2020-12/json-schema-core */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** Formats for what a table has and JSON does not: dates and integers of 64 bits. */
export const DATE: JsonSchema = { type: 'string', format: 'date-time' }
export const BIGINT: JsonSchema = { type: 'integer', format: 'int64' }
export const NULL: JsonSchema = { type: 'null' }
export const ANYTHING: JsonSchema = { nullable: true }

/** A private keyword: why a part of a schema has no JSON Schema. It is reported only if the user gives no column for the part. */
export const REASON = '~reason'

/** Makes a part without a JSON Schema. */
export function unrepresentable(reason: string): JsonSchema {
  return { [REASON]: reason }
}

/** Checks whether a value is a JSON object. */
export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Finds the target of a JSON pointer into the same schema. https://www.rfc-editor.org/rfc/rfc6901 */
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

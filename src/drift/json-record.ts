/** An object of parsed JSON. */
export type JsonRecord = { readonly [name: string]: unknown }

/** Returns the value if it is an object, otherwise an empty object, so that members can be read without a check. */
export function toRecord(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {}
}

/** Returns the value if it is a list, otherwise an empty list. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Returns the value if it is a string. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

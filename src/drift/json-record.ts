/** An object of parsed JSON. */
export type JsonRecord = { readonly [name: string]: unknown }

/** The value as an object; an empty one where it is none, so that a look into it finds nothing. */
export function toRecord(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {}
}

/** The value as a list; an empty one where it is none. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value where it is text. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

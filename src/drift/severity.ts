/** What becomes of values of one type in a column of another, and whether that is bad. */
export interface Consequence {
  readonly severity: 'breaking' | 'note'
  readonly consequence: string
}

/** A consequence that loses or changes values. */
export function breakingWith(consequence: string): Consequence {
  return { severity: 'breaking', consequence }
}

/** A consequence that values survive. */
export function noteWith(consequence: string): Consequence {
  return { severity: 'note', consequence }
}

/** What AWS says of values in general; it holds where it shows nothing of a pair of types. */
export const MISMATCH: Consequence = breakingWith(
  'Firehose wants the type of a value to match its column: the record goes to the error bucket',
)

export const AS_BYTES: Consequence = breakingWith(
  'text is decoded as base64 or hex: other bytes are stored, or the record goes to the error bucket',
)

export const NOT_ALWAYS_NUMBER: Consequence = breakingWith('text that is no number goes to the error bucket')

export const TEXT_STORED: Consequence = noteWith('its text is stored')

/** What happens to values of one type in a column of another, and whether data is lost. */
export interface Consequence {
  readonly severity: 'breaking' | 'note'
  readonly consequence: string
}

/** A consequence that loses or changes values. */
export function breakingWith(consequence: string): Consequence {
  return { severity: 'breaking', consequence }
}

/** A consequence without loss: the values arrive. */
export function noteWith(consequence: string): Consequence {
  return { severity: 'note', consequence }
}

/** AWS's general rule, for pairs of types that its documentation does not mention. */
export const MISMATCH: Consequence = breakingWith(
  'Firehose requires the type of a value to match its column: the record goes to the error bucket',
)

export const AS_BYTES: Consequence = breakingWith(
  'a string is decoded as base64 or hex: other bytes are stored, or the record goes to the error bucket',
)

export const NOT_ALWAYS_NUMBER: Consequence = breakingWith('a string that is not a number goes to the error bucket')

export const TEXT_STORED: Consequence = noteWith('its string is stored')

/** The address of the scanner's results: the number of the route, then whether the UTF-8 of the record needs a check. */
export const RESULT_AT = 512

/** The address of the program. Everything below belongs to the scanner. */
export const PROGRAM_AT = 8192

/** The size of a slot: beginning and end of a value, and its flags. */
export const SLOT_BYTES = 12

/** Copies and comparisons take 16 bytes at a time, so every string has that many after it. */
export const SLACK_BYTES = 16

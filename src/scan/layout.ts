/** Where the scanner's results are: the number of the route, then whether the UTF-8 of the record needs a check. */
export const RESULT_AT = 512

/** Where the program begins. What is below belongs to the scanner. */
export const PROGRAM_AT = 8192

/** Bytes of a place: where a value begins and ends, and what is odd about it. */
export const SLOT_BYTES = 12

/** Copies and looks take 16 bytes at a time, so every text has that many after it. */
export const SLACK_BYTES = 16

/** How a cell is written, usually by the type of its column. `assembly/row.ts` has the same list. */
export const KINDS = {
  constant: 0,
  arrival: 1,
  joined: 2,
  string: 3,
  json: 4,
  timestamp: 5,
  timestamptz: 5,
  int: 6,
  long: 7,
  double: 8,
  boolean: 9,
  date: 10,
  uuid: 11,
  decimal: 12,
  float: 13,
  time: 14,
} as const

/** Added to a kind if null in the event is written as null; otherwise null counts as missing. */
export const NULL_IS_NULL = 256

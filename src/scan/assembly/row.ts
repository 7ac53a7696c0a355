import {
  putBoolean,
  putDate,
  putDecimal,
  putDouble,
  putFloat,
  putInt,
  putList,
  putLong,
  putMicros,
  putString,
  putTime,
  putTimestamp,
  putUuid,
} from './cell'
import { putJson } from './json'
import { hasRoom, put, putByte } from './write'

// A route's program: the number of columns, then for each column: its key prefix, the text for a missing value and for null
// (address and length; length 0 if there is none), the number of sources, then the sources, 16 bytes each: kind, slot, two
// settings.

const COLUMN_BYTES: usize = 28

/** When the record arrived, in milliseconds since 1970. */
let arrivalMillis: f64 = 0

/** Sets when the record arrived; NaN if that is not known. */
export function setArrival(millis: f64): void {
  arrivalMillis = millis
}

/** Writes the row of a route from the values in the slots. */
export function putRow(o: usize, program: usize): usize {
  let column = program + 4
  for (let left = load<u32>(program); left !== 0; left--) {
    o = put(o, load<u32>(column), load<u32>(column, 4))
    if (o === 0) return 0
    o = putCell(o, column)
    if (o === 0) return 0
    column += COLUMN_BYTES + ((<usize>load<u32>(column, 24)) << 4)
  }
  return hasRoom(o, 1) ? putByte(o, 0x7d) : 0
}

/** Writes a cell from the first source that has a value. */
function putCell(o: usize, column: usize): usize {
  let source = column + COLUMN_BYTES
  for (let left = load<u32>(column, 24); left !== 0; left--, source += 16) {
    const kind = load<u8>(source)
    const slot = <usize>load<u32>(source, 4)
    // Strings, the most common cells, come first, so that a new process compiles the rest later.
    if (kind === STRING) {
      const text = <usize>load<u32>(slot)
      // If nothing was found, this reads the first byte of memory, which is not a quote.
      if (load<u8>(text) === 0x22 && load<u32>(slot, 8) === 0) return put(o, text, load<u32>(slot, 4) - text)
    }
    if (kind <= LAST_FIXED) return putFixed(o, source, kind)
    const start = <usize>load<u32>(slot)
    if (start === 0) continue
    if (load<u8>(start) === 0x6e) {
      // In a combined source, null counts as missing; a single source writes null.
      if (load<u8>(source, 1) !== 0) return putText(o, column + 16)
      continue
    }
    if (kind === JOINED && isEmptyList(start)) continue
    return putValue(o, source, kind, start, slot)
  }
  return putText(o, column + 8)
}

/** Writes the text for a missing value; without one, the parsing path reports the record. */
function putText(o: usize, text: usize): usize {
  const length = load<u32>(text, 4)
  return length === 0 ? 0 : put(o, load<u32>(text), length)
}

// The kinds of sources: `KINDS` in `kinds.ts`.
const CONSTANT: u8 = 0
const ARRIVAL: u8 = 1
const LAST_FIXED: u8 = ARRIVAL
const JOINED: u8 = 2
const STRING: u8 = 3
const JSON_TEXT: u8 = 4
const TIMESTAMP: u8 = 5
const INT: u8 = 6
const LONG: u8 = 7
const DOUBLE: u8 = 8
const BOOLEAN: u8 = 9
const DATE: u8 = 10
const UUID: u8 = 11
const DECIMAL: u8 = 12
const FLOAT: u8 = 13
const TIME: u8 = 14

function putFixed(o: usize, source: usize, kind: u8): usize {
  if (kind === CONSTANT) return putText(o, source + 4)
  const isWhole = arrivalMillis === Math.trunc(arrivalMillis) && Math.abs(arrivalMillis) < 1e13
  return isWhole ? putMicros(o, <i64>arrivalMillis * 1000) : 0
}

function putValue(o: usize, source: usize, kind: u8, start: usize, slot: usize): usize {
  const end = <usize>load<u32>(slot, 4)
  const odd = load<u32>(slot, 8)
  const isRough = odd !== 0
  const a = load<u32>(source, 8)
  const b = load<u32>(source, 12)
  switch (kind) {
    case JOINED:
      // A string instead of a list is copied unchanged.
      return load<u8>(start) === 0x22 ? putString(o, start, end, isRough) : putList(o, start, a, b)
    case STRING:
      return putString(o, start, end, isRough)
    case JSON_TEXT:
      return odd > 1 ? 0 : putJson(o, start, end, isRough)
    case TIMESTAMP:
      return putTimestamp(o, start, end, a !== 0, b !== 0)
    case INT:
      return putInt(o, start, end)
    case LONG:
      return putLong(o, start, end)
    case DOUBLE:
      return putDouble(o, start, end)
    case BOOLEAN:
      return putBoolean(o, start, end)
    case DATE:
      return putDate(o, start, end)
    case UUID:
      return putUuid(o, start, end)
    case DECIMAL:
      return putDecimal(o, start, end, a, b)
    case FLOAT:
      return putFloat(o, start, end)
    case TIME:
      return putTime(o, start, end)
    default:
      return 0
  }
}

function isEmptyList(start: usize): bool {
  if (load<u8>(start) !== 0x5b) return false
  let p = start + 1
  while (load<u8>(p) <= 0x20) p++
  return load<u8>(p) === 0x5d
}

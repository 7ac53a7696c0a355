import { find, VALUE } from './key-table'
import { clear, RESULT } from './memory'
import { forgetOdd, hasHighBytes } from './odd'
import { layQuoting } from './quoting'
import { putRow, setArrival } from './row'
import { laySigns } from './stops'
import { afterSpace } from './text'
import { walk } from './walk'
import { setLimit } from './write'

// The module: it gets a program once, then turns records into rows.

/** The program: root of the tree, slots and their size, slot of the discriminant, its table, the route for other values. */
let program: usize = 0

/** Sets the address of the program. */
export function setProgram(at: usize): void {
  program = at
  laySigns()
  layQuoting()
}

/** Marks a route that this engine does not run. */
const LEFT: usize = 1

/**
 * Turns the JSON document at `input` into a row at `output`.
 *
 * It writes the number of the route to `RESULT`, and after it whether the UTF-8 needs a check.
 *
 * @returns the end of the row, or 0 if the parsing path has to take the record
 */
export function scan(input: usize, length: usize, output: usize, limit: usize, arrival: f64): usize {
  const end = input + length
  // A zero byte ends every token: no token may contain it.
  store<u8>(end, 0)
  clear(load<u32>(program, 4), load<u32>(program, 8))
  forgetOdd()
  const start = afterSpace(input)
  if (load<u8>(start) !== 0x7b) return 0
  const after = walk(start, load<u32>(program))
  if (after === 0 || afterSpace(after) !== end) return 0
  const entry = routeOf(load<u32>(program, 12))
  if (entry === 0) return 0
  store<u32>(RESULT, load<u32>(entry))
  store<i32>(RESULT, hasHighBytes, 4)
  setArrival(arrival)
  setLimit(limit)
  return putRow(output, entry + 4)
}

/** Finds the program of the route by the value of the discriminant; without a discriminant there is only one. */
function routeOf(slot: usize): usize {
  let found = <usize>load<u32>(program, 20)
  if (slot !== 0) {
    const start = <usize>load<u32>(slot)
    // This engine cannot decide about a value of another type, or an escaped string.
    if (start === 0 || load<u8>(start) !== 0x22 || load<u32>(slot, 8) !== 0) return 0
    const known = find(load<u32>(program, 16), start + 1, load<u32>(slot, 4) - <u32>start - 2)
    if (known !== 0) found = load<u32>(known, VALUE)
  }
  return found === LEFT ? 0 : found
}

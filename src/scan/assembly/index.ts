import { clear, RESULT } from './memory'
import { forgetOdd, hasHighBytes } from './odd'
import { layQuoting } from './quoting'
import { putRow, setArrival } from './row'
import { laySigns } from './stops'
import { find, VALUE } from './table'
import { afterSpace } from './text'
import { walk } from './walk'
import { setLimit } from './write'

// The module: lays a program out once, then turns records into rows.

/** The program: root of the tree, slots with their bytes, slot of the discriminant, its table, the route for all others. */
let program: usize = 0

/** Says where the program stands. */
export function setProgram(at: usize): void {
  program = at
  laySigns()
  layQuoting()
}

/** Stands for a route that this engine does not run. */
const LEFT: usize = 1

/**
 * Turns the JSON document at `input` into a row at `output`.
 *
 * At `RESULT` are then the number of its route, and whether its UTF-8 needs a check.
 *
 * @returns where the row ends, or 0 where the parsing path has to take the record
 */
export function scan(input: usize, length: usize, output: usize, limit: usize, arrival: f64): usize {
  const end = input + length
  // Ends every token: no token may have it.
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

/** The program of the route by the value of the discriminant; without a discriminant there is only one. */
function routeOf(slot: usize): usize {
  let found = <usize>load<u32>(program, 20)
  if (slot !== 0) {
    const start = <usize>load<u32>(slot)
    // A value of another kind, or an escaped one, may be any of them for all this engine knows.
    if (start === 0 || load<u8>(start) !== 0x22 || load<u32>(slot, 8) !== 0) return 0
    const known = find(load<u32>(program, 16), start + 1, load<u32>(slot, 4) - <u32>start - 2)
    if (known !== 0) found = load<u32>(known, VALUE)
  }
  return found === LEFT ? 0 : found
}

/**
 * The line that each record came from. Only blank and refused lines shift the numbers, so it is enough to store where the
 * distance between line and record changes.
 */
export interface LineNumbers {
  /** Adds the line of the next record. */
  add(line: number): void
  /** Returns the line of a record by its position in the order of `put`; undefined if there is no such record. */
  lineOf(sequence: number): number | undefined
}

/** Creates line numbers without a record. */
export function createLineNumbers(): LineNumbers {
  const starts: number[] = []
  const distances: number[] = []
  let count = 0
  return {
    add(line) {
      const distance = line - count
      if (distances[distances.length - 1] !== distance) {
        starts.push(count)
        distances.push(distance)
      }
      count++
    },
    lineOf(sequence) {
      if (sequence >= count) return undefined
      let [low, high] = [0, starts.length - 1]
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] ?? 0) <= sequence) low = middle
        else high = middle - 1
      }
      return sequence + (distances[low] ?? 0)
    },
  }
}

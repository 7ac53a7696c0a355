/**
 * The line that each record came from. Lines and records go side by side but for blank and refused lines, so that only the
 * places are kept where their distance changes.
 */
export interface LineNumbers {
  /** Notes the line of the next record. */
  add(line: number): void
  /** The line of a record, by its place in the order of `put`; undefined if there is no such record. */
  lineOf(sequence: number): number | undefined
}

/** Starts with no record. */
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

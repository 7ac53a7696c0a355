/** Random numbers from a seed; faster than an arbitrary, because they make a million documents. */
export interface Random {
  /** A whole number from 0 to `limit - 1`. */
  readonly below: (limit: number) => number
  /** True once in `times`. */
  readonly once: (times: number) => boolean
  readonly pick: <Value>(values: readonly [Value, ...Value[]] | readonly Value[]) => Value
}

/** Makes random numbers with mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  // No caller passes an empty list.
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value
  return { below, once: (times) => below(times) === 0, pick }
}

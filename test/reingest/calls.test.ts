import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../src/reingest/backoff.ts'
import { type Entry, takeCall } from '../../src/reingest/calls.ts'

const entriesOf = (...sizes: number[]): Entry[] =>
  sizes.map((sizeBytes, index) => ({ index, item: { data: new Uint8Array() }, sizeBytes, attempts: 0 }))
const sizesOf = (entries: readonly Entry[]): number[] => entries.map(({ sizeBytes }) => sizeBytes)
const limits = { callRecords: 3, callBytes: 10, recordBytes: 10 }

describe('the next call', () => {
  it.each<[string, number[], number[], number[]]>([
    ['exactly its bytes', [4, 6, 1], [4, 6], [1]],
    ['one byte less than it may', [4, 5, 2], [4, 5], [2]],
    ['exactly its records', [1, 1, 1, 1], [1, 1, 1], [1]],
    ['everything', [1, 2], [1, 2], []],
    ['one entry, even if that is too large', [11, 1], [11], [1]],
    ['one entry of exactly its bytes', [10, 1], [10], [1]],
    ['nothing of nothing', [], [], []],
  ])('takes %s', (_, sizes, taken, left) => {
    const queue = entriesOf(...sizes)
    expect(sizesOf(takeCall(queue, limits))).toEqual(taken)
    expect(sizesOf(queue)).toEqual(left)
  })
})

describe('the pause before another attempt', () => {
  it.each([
    [1, 60_000, 100],
    [2, 60_000, 200],
    [6, 60_000, 3_200],
    [7, 60_000, 5_000],
    [50, 60_000, 5_000],
    [7, 40, 40],
  ])('after attempt %i with %i ms left is below %i ms', (attempts, leftMs, most) => {
    expect(backoffMs(attempts, { leftMs, random: () => 1 })).toBe(most)
    expect(backoffMs(attempts, { leftMs, random: () => 0.25 })).toBe(most / 4)
    expect(backoffMs(attempts, { leftMs, random: () => 0 })).toBe(0)
  })
})

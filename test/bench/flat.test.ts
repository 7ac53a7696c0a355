import { describe, expect, it } from 'vitest'
import { judgeMemory, percentile } from '../../bench/soak/flat.ts'

const MIB = 1024 * 1024
const samplesOf = (bytesAt: (index: number) => number): number[] =>
  Array.from({ length: 40 }, (_, index) => bytesAt(index))

describe('the memory of a soak', () => {
  it.each<[string, boolean, (index: number) => number]>([
    ['that stays the same', true, () => 50 * MIB],
    ['that warms up for a quarter of the time', true, (index) => Math.min(index, 9) * 10 * MIB],
    ['that goes up and down', true, (index) => (50 + (index % 3) * 10) * MIB],
    ['with one peak at the end', true, (index) => (index === 39 ? 500 : 50) * MIB],
    ['that grows by 5 % and 4 MiB', true, (index) => (index < 20 ? 100 : 109) * MIB],
    ['that grows by a byte more', false, (index) => (index < 20 ? 100 * MIB : 109 * MIB + 1)],
    ['that grows all the time', false, (index) => (50 + index) * MIB],
    ['that grows at the end', false, (index) => (index < 30 ? 50 : 80) * MIB],
  ])('%s is flat: %s', (_, isFlat, bytesAt) => {
    expect(judgeMemory(samplesOf(bytesAt)).isFlat).toBe(isFlat)
  })
})

it('a percentile is the value below which so many are', () => {
  const sorted = Float64Array.from({ length: 1000 }, (_, index) => index)
  expect([0, 0.5, 0.999, 1].map((share) => percentile(sorted, share))).toEqual([0, 500, 999, 999])
})

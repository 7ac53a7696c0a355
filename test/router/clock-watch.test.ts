import { describe, expect, it } from 'vitest'
import { createWatch } from '../../src/router/clock-watch.ts'

/** A watch by two clocks that the test moves. */
function watchOf(leftMs: number) {
  const clock = { leftMs, coarseMs: 0, asked: 0 }
  const exact = (): number => {
    clock.asked++
    return clock.leftMs
  }
  return { clock, isTimeLeft: createWatch(exact, () => clock.coarseMs) }
}

describe('the watch', () => {
  it('asks the exact clock for the first record, and then for every 16th if the coarse one does not move', () => {
    const { clock, isTimeLeft } = watchOf(5)
    const asked = Array.from({ length: 34 }, () => {
      isTimeLeft()
      return clock.asked
    })
    // 1 at the first, 2 from the 17th, 3 from the 33rd record on.
    expect(asked).toEqual([...Array(16).fill(1), ...Array(16).fill(2), 3, 3])
  })

  it('asks it for each record before which the coarse one has moved, forward or back', () => {
    const { clock, isTimeLeft } = watchOf(5)
    for (const ms of [1, 2, 1, 100]) {
      clock.coarseMs = ms
      isTimeLeft()
    }
    expect(clock.asked).toBe(4)
    isTimeLeft()
    expect(clock.asked).toBe(4)
  })

  it('counts anew after each look', () => {
    const { clock, isTimeLeft } = watchOf(5)
    for (let record = 0; record < 10; record++) isTimeLeft()
    clock.coarseMs = 1
    for (let record = 0; record < 16; record++) isTimeLeft()
    expect(clock.asked).toBe(2)
    isTimeLeft()
    expect(clock.asked).toBe(3)
  })

  it('says no as soon as nothing is left, and keeps to it between two looks', () => {
    const { clock, isTimeLeft } = watchOf(1)
    expect(isTimeLeft()).toBe(true)
    clock.leftMs = 0
    expect(isTimeLeft()).toBe(true)
    clock.coarseMs = 1
    expect([isTimeLeft(), isTimeLeft()]).toEqual([false, false])
  })
})

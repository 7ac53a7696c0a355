import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoToMicros, printMicros } from '../../src/table/iso.ts'
import { RowIssue } from '../../src/table/row-issue.ts'
import { useFreshModules } from '../support/fresh-modules.ts'
import { runs } from '../support/runs.ts'

const [first, last] = [Date.UTC(0, 0) - 1900 * 365.2425 * 86_400_000, Date.UTC(9999, 11, 31)]
const millis = fc.integer({ min: Math.ceil(first / 1000), max: last / 1000 }).chain((seconds) => {
  return fc.nat(999).map((rest) => seconds * 1000 + rest)
})

it('the output of toISOString is read as the same time, in every year of four digits', () => {
  const years = Array.from({ length: 10_000 }, (_, year) => String(year).padStart(4, '0'))
  for (const year of years) {
    for (const day of ['01-01', '02-28', '03-01', '12-31']) {
      const text = `${year}-${day}T23:59:59.999Z`
      expect(isoToMicros(text, true)).toBe(Date.parse(text) * 1000)
    }
  }
  fc.assert(
    fc.property(millis, (time) => {
      const text = new Date(time).toISOString()
      fc.pre(text.length === 24)
      expect(isoToMicros(text, true)).toBe(time * 1000)
    }),
    { numRuns: runs(5000) },
  )
})

it('a string with a wrong separator is not a time', () => {
  const text = '2026-01-31T09:30:00.250Z'
  const isRead = (one: string): boolean => !(isoToMicros(one, true) instanceof RowIssue)
  for (let at = 0; at < text.length; at++) {
    for (const sign of ['/', ':', 'x', '-', '+', ' ', '\u0130', '٣', '']) {
      const changed = text.slice(0, at) + sign + text.slice(at + 1)
      // Date.parse reads more forms, but none of these.
      const isSame = changed === text || (at === 10 && sign === ' ')
      expect([changed, isRead(changed)]).toEqual([changed, isSame || /\.\d{2}Z$/.test(changed)])
    }
  }
  for (const one of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-01-00']) {
    expect(isRead(`${one}T00:00:00.000Z`)).toBe(false)
  }
  for (const one of ['24:00:00', '23:60:00', '23:59:60']) expect(isRead(`2026-01-01T${one}.000Z`)).toBe(false)
})

it('microseconds are printed like any number', () => {
  const micros = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer().map((one) => one * 1000),
    millis.map((one) => one * 1000),
    fc.constantFrom(0, -0, 1, 999, 1000, 999_999, 1_000_000, -1_000_000, 2 ** 53 - 1),
  )
  fc.assert(
    fc.property(micros, (one) => {
      expect(printMicros(one)).toBe(String(one))
    }),
    { numRuns: runs(5000) },
  )
})

describe('the first day of a process', () => {
  useFreshModules()

  it.each([
    '0000-00-00T00:00:00.000Z',
    '2026-02-30T00:00:00.000Z',
    '2026-00-10T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
  ])('a day that does not exist is an issue, even as the first day of a process: %s', async (text) => {
    const first = await import('../../src/table/iso.ts')
    expect(first.isoToMicros(text, true)).toMatchObject({ code: 'InvalidTimestamp' })
    expect(first.isoToMicros('2026-02-28T00:00:00.000Z', true)).toBe(Date.UTC(2026, 1, 28) * 1000)
    expect(first.isoToMicros(text, true)).toMatchObject({ code: 'InvalidTimestamp' })
  })
})

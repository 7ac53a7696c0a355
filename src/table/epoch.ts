import type { Instant } from './iso.ts'
import { RowIssue } from './row-issue.ts'

/** What a number that is a time counts, from 1970-01-01T00:00:00Z on. */
export type EpochUnit = 'seconds' | 'millis' | 'micros'

const MICROS_PER: { readonly [Unit in EpochUnit]: number } = { seconds: 1e6, millis: 1000, micros: 1 }

/**
 * Reads a number of a stated unit as a time. Seconds and milliseconds may have a fraction that is whole in microseconds: the
 * number nearest to such a fraction counts as it, as JSON has no other way to write it.
 */
export function epochToInstant(value: number | bigint, unit: EpochUnit): Instant | RowIssue {
  if (typeof value === 'bigint') return instantOf(value * BigInt(MICROS_PER[unit]))
  if (Number.isSafeInteger(value)) return instantOf(BigInt(value) * BigInt(MICROS_PER[unit]))
  const micros = Math.round(value * MICROS_PER[unit])
  if (Number.isSafeInteger(micros) && micros / MICROS_PER[unit] === value) return instantOf(BigInt(micros))
  const got = Number.isInteger(value) ? 'a number that is not exact' : 'a smaller fraction'
  return new RowIssue('OutOfRange', `expected ${unit} that are whole in microseconds, got ${got}`)
}

function instantOf(total: bigint): Instant {
  const rest = ((total % 1000n) + 1000n) % 1000n
  return { millis: Number((total - rest) / 1000n), micros: Number(rest) }
}

const DAY_MILLIS = 86_400_000

/** Reads whole days since 1970-01-01 as a Date; undefined for any other number. */
export function epochDayToDate(value: number | bigint): Date | undefined {
  const days = Number(value)
  return Number.isInteger(days) ? new Date(days * DAY_MILLIS) : undefined
}

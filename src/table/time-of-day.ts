import { RowIssue } from './row-issue.ts'

const ISO_TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})0*)?)?$/

/** Reads a time of day such as `18:56:15.096` as microseconds since midnight. */
export function timeToMicros(text: string): number | RowIssue {
  const match = ISO_TIME.exec(text)
  if (match === null) return invalid('expected a time like 18:56:15.096, with at most 6 digits of a second')
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return invalid('there is no such time of day')
  return (hour * 3600 + minute * 60 + second) * 1_000_000 + Number((match[4] ?? '').padEnd(6, '0'))
}

/** Writes microseconds of a day as `18:56:15.096000`. */
export function formatTime(micros: number): string {
  const [hour, minute] = [Math.floor(micros / 3.6e9), Math.floor(micros / 6e7) % 60]
  const [second, fraction] = [Math.floor(micros / 1e6) % 60, micros % 1e6]
  return `${two(hour)}:${two(minute)}:${two(second)}.${String(fraction).padStart(6, '0')}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function invalid(message: string): RowIssue {
  return new RowIssue('InvalidTime', message)
}

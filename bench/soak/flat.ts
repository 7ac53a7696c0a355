import { spreadOf } from '../statistics.ts'

const MIB = 1024 * 1024

/** Growth that is allowed whatever the size: a garbage collector never ends at the same byte twice. */
const SLACK_BYTES = 4 * MIB
const SLACK_SHARE = 0.05

/** Whether memory is flat, and the two figures that say so. */
export interface Verdict {
  readonly isFlat: boolean
  /** The median of the second quarter of the samples: the first one is warming up. */
  readonly earlyBytes: number
  /** The median of the last quarter. */
  readonly lateBytes: number
}

/**
 * Judges samples of memory, taken after a full garbage collection at equal distances: flat if the median of the last quarter
 * exceeds that of the second one by no more than 5 % and 4 MiB. At 3,000,000 events, 4 MiB are 3 bytes for each event between.
 *
 * @param samples at least eight
 */
export function judgeMemory(samples: readonly number[]): Verdict {
  const quarter = Math.floor(samples.length / 4)
  const earlyBytes = spreadOf(samples.slice(quarter, quarter * 2)).median
  const lateBytes = spreadOf(samples.slice(-quarter)).median
  return { isFlat: lateBytes <= earlyBytes * (1 + SLACK_SHARE) + SLACK_BYTES, earlyBytes, lateBytes }
}

/** A sample of the memory that is in use, after a full garbage collection. */
export function sampleBytes(): number {
  const { gc } = globalThis as { readonly gc?: () => void }
  if (gc === undefined) throw new Error('start Node with --expose-gc')
  gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Prints a verdict, and returns it. */
export function printVerdict(what: string, samples: readonly number[]): boolean {
  const { isFlat, earlyBytes, lateBytes } = judgeMemory(samples)
  const [early, late, rss] = [earlyBytes, lateBytes, process.memoryUsage().rss].map((bytes) => (bytes / MIB).toFixed(1))
  console.log(
    `${what}: ${early} MiB in use early, ${late} MiB late, ${rss} MiB resident: ${isFlat ? 'flat' : 'NOT FLAT'}`,
  )
  return isFlat
}

/** A value below which so many of the values are: 0.999 for all but one in a thousand. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

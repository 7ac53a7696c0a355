const FIRST_MS = 100
const MAX_MS = 5_000

/**
 * Pause before the next attempt: exponential, with full jitter, so that the invocations that one throttled stream turned
 * away do not come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param attempts how often it was tried, 1 or more
 * @param leftMs the pause ends before this
 */
export function backoffMs(attempts: number, { leftMs, random }: { leftMs: number; random: () => number }): number {
  return random() * Math.min(MAX_MS, FIRST_MS * 2 ** (attempts - 1), leftMs)
}

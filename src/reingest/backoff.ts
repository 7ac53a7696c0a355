const FIRST_MS = 100
const MAX_MS = 5_000

/**
 * Computes the pause before the next attempt: exponential, with full jitter, so that invocations that one stream throttled
 * do not retry at the same moment. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param attempts the number of attempts so far, 1 or more
 * @param leftMs the pause is shorter than this
 */
export function backoffMs(attempts: number, { leftMs, random }: { leftMs: number; random: () => number }): number {
  return random() * Math.min(MAX_MS, FIRST_MS * 2 ** (attempts - 1), leftMs)
}

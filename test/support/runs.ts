import { inject } from 'vitest'

/** Whether this is `npm run test:random`, which does all that there is to do. */
export const allRuns: boolean = inject('allRuns')

/**
 * How often a property runs: as often as it asks for under `npm run test:random`, a twentieth of that under `npm test`, but
 * at least as often as it needs to have seen everything that it is about.
 */
export function runs(count: number, least: number = 10): number {
  return allRuns ? count : Math.min(count, Math.max(least, Math.ceil(count / 20)))
}

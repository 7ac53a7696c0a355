import { inject } from 'vitest'

/** Whether this is `npm run test:random`, which runs everything. */
export const allRuns: boolean = inject('allRuns')

/**
 * How often a property runs: the full number under `npm run test:random`, a fortieth of that under `npm test`, but at least
 * as often as it needs to cover all of its cases.
 */
export function runs(count: number, least: number = 10): number {
  return allRuns ? count : Math.min(count, Math.max(least, Math.ceil(count / 40)))
}

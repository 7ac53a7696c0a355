import { inject } from 'vitest'

const LEAST = 10

/** How often a property runs: as often as it asks for under `npm run test:random`, a tenth of that under `npm test`. */
export function runs(count: number): number {
  return inject('allRuns') ? count : Math.min(count, Math.max(LEAST, Math.ceil(count / 10)))
}

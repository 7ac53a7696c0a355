import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly seed: number
    readonly allRuns: boolean
  }
}

/** The same seed everywhere, so that `npm test` is green everywhere or red everywhere. */
const FIXED_SEED = 145_489_347

/**
 * One seed for all properties of a run. `npm run test:random` sets another one in FC_SEED, and FC_RUNS=all: the
 * full number of runs of each property.
 */
export default function setup({ provide }: TestProject): void {
  const seed = Number(process.env['FC_SEED'] ?? FIXED_SEED)
  if (!Number.isInteger(seed)) throw new Error(`FC_SEED: expected a whole number, got ${process.env['FC_SEED']}`)
  const allRuns = process.env['FC_RUNS'] === 'all'
  console.log(`properties: seed ${seed}, ${allRuns ? 'all runs' : 'a fortieth of the runs'}`)
  provide('seed', seed)
  provide('allRuns', allRuns)
}

import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly seed: number
  }
}

/** One seed for all properties of a run, printed so that the run can be repeated: `FC_SEED=… npm test`. */
export default function setup({ provide }: TestProject): void {
  const seed = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  if (!Number.isInteger(seed)) throw new Error('FC_SEED: expected a whole number')
  console.log(`property tests run with FC_SEED=${seed}`)
  provide('seed', seed)
}

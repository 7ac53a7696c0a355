import { instantiate, type Memory } from '../firehose/wasm.ts'
import { MODULE } from './module.ts'

/** What the module exports: `assembly/index.ts`. */
export interface Machine {
  readonly memory: Memory
  readonly setProgram: (at: number) => void
  readonly scan: (input: number, length: number, output: number, limit: number, arrivalMillis: number) => number
}

/** Makes a machine of its own, with its own memory; undefined where the runtime has no WebAssembly or no SIMD. */
export function createMachine(): Machine | undefined {
  return instantiate(MODULE) as Machine | undefined
}

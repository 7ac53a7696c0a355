import { instantiate, type Memory } from '../firehose/wasm.ts'
import { MODULE } from './module.ts'

/** The exports of the module: `assembly/index.ts`. */
export interface Machine {
  readonly memory: Memory
  readonly setProgram: (at: number) => void
  readonly scan: (input: number, length: number, output: number, limit: number, arrivalMillis: number) => number
}

/** Creates a machine with its own memory; undefined if the runtime has no WebAssembly or no SIMD. */
export function createMachine(): Machine | undefined {
  return instantiate(MODULE) as Machine | undefined
}

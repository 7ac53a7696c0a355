import { Buffer } from 'node:buffer'
import { MODULE } from './module.ts'

/** What the module exports: `assembly/index.ts`. */
export interface Machine {
  readonly memory: Memory
  readonly setProgram: (at: number) => void
  readonly scan: (input: number, length: number, output: number, limit: number, arrivalMillis: number) => number
}

interface Memory {
  readonly buffer: ArrayBuffer
  readonly grow: (pages: number) => number
}

/** The part of the runtime that is used here, which types for Node leave out. */
interface Runtime {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

let compiled: object | undefined

/** Makes a machine of its own, with its own memory; undefined where the runtime has no WebAssembly or no SIMD. */
export function instantiate(): Machine | undefined {
  const { WebAssembly: runtime } = globalThis as { readonly WebAssembly?: Runtime }
  if (runtime === undefined) return undefined
  try {
    compiled ??= new runtime.Module(Buffer.from(MODULE, 'base64'))
    return new runtime.Instance(compiled).exports as Machine
  } catch {
    return undefined
  }
}

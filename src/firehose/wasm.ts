import { Buffer } from './buffer.ts'

/** Memory of a module. Its buffer is another one once it has grown. */
export interface Memory {
  readonly buffer: ArrayBuffer
  /** @throws RangeError where there is no more */
  readonly grow: (pages: number) => number
}

/** What memory grows by. */
export const PAGE_BYTES = 65_536

/** The part of the runtime that is used here, which types for Node leave out. */
interface Runtime {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

const compiled = new Map<string, object>()

/**
 * Makes an instance of a module in base64, with a memory of its own, and returns what it exports; undefined where the
 * runtime has no WebAssembly, no SIMD or no memory to give.
 */
export function instantiate(base64: string): unknown {
  const { WebAssembly: runtime } = globalThis as { readonly WebAssembly?: Runtime }
  if (runtime === undefined) return undefined
  try {
    const module = compiled.get(base64) ?? new runtime.Module(Buffer.from(base64, 'base64'))
    compiled.set(base64, module)
    return new runtime.Instance(module).exports
  } catch {
    return undefined
  }
}

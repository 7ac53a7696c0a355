import { Buffer } from './buffer.ts'

/** The memory of a module. Growing it replaces its buffer. */
export interface Memory {
  readonly buffer: ArrayBuffer
  /** @throws RangeError if there is no more memory */
  readonly grow: (pages: number) => number
}

/** The unit in which memory grows. */
export const PAGE_BYTES = 65_536

/** The part of WebAssembly that is used here; the types for Node do not declare it. */
interface Runtime {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

const compiled = new Map<string, object>()

/**
 * Creates an instance of a module in base64, with its own memory, and returns its exports; undefined if the runtime has no
 * WebAssembly, no SIMD or no memory left.
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

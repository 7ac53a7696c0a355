// Node's Buffer without an import: `node:buffer` loads Blob and File too, which takes a tenth of the time that importing this
// package takes.

/** The global Buffer, read once: the global is a getter. */
export const Buffer: BufferConstructor = globalThis.Buffer

/** Node's Buffer, as a type. */
export type Buffer = globalThis.Buffer

type Check = (bytes: Buffer) => boolean

let check: Check | undefined

/** Checks whether bytes are UTF-8. */
export function isUtf8(bytes: Buffer): boolean {
  check ??= builtinCheck() ?? isReadBack
  return check(bytes)
}

/** Node's own check; undefined before Node 20.16 and in other runtimes. */
function builtinCheck(): Check | undefined {
  return globalThis.process?.getBuiltinModule?.('node:buffer')?.isUtf8
}

/** Checks for UTF-8 by reading and writing: invalid bytes are read as a replacement character, and written as that. */
export function isReadBack(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)
}

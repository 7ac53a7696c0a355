// Node's own, without an import: `node:buffer` brings Blob and File along, which takes a tenth of the time that an import of
// this package takes.

/** The global, asked for once: each time it runs a getter. */
export const Buffer: BufferConstructor = globalThis.Buffer

/** Bytes, with what Node knows to do with them. */
export type Buffer = globalThis.Buffer

type Check = (bytes: Buffer) => boolean

let check: Check | undefined

/** Tells whether bytes are UTF-8. */
export function isUtf8(bytes: Buffer): boolean {
  check ??= builtinCheck() ?? isReadBack
  return check(bytes)
}

/** Undefined before Node 20.16, and elsewhere. */
function builtinCheck(): Check | undefined {
  return globalThis.process?.getBuiltinModule?.('node:buffer')?.isUtf8
}

/** What is no UTF-8 is read as another character, and written as that one. */
export function isReadBack(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)
}

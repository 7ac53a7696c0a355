import { Buffer } from './buffer.ts'
import { MODULE } from './module.ts'
import { instantiate, type Memory, PAGE_BYTES } from './wasm.ts'

// One buffer for the bytes of all records, because a new one for each record costs more than the work on it. It is the memory
// of the module that scans it: `assembly/index.ts`.

interface ByteScanner {
  readonly memory: Memory
  readonly hasDigits: (start: number, end: number) => number
  readonly countMarks: (start: number, end: number) => number
}

/** How far the module may read and write before the first byte and after the last. */
const BEFORE_BYTES = 64
const AFTER_BYTES = 128

const utf8 = new TextEncoder()

let byteScanner: ByteScanner | undefined
let scratch: Buffer | undefined

/**
 * Returns the buffer that all records share, of at least so many bytes. Finish with it before the next `await`: another
 * record may use it then.
 */
export function scratchBuffer(atLeastBytes: number): Buffer {
  if (scratch === undefined || scratch.length < atLeastBytes + AFTER_BYTES) scratch = createBuffer(atLeastBytes)
  return scratch
}

/** Writes a string as UTF-8 to the beginning of the buffer and returns the number of bytes. */
export function writeText(text: string): number {
  // A code unit takes at most three bytes.
  return utf8.encodeInto(text, scratchBuffer(text.length * 3)).written
}

/** Checks whether the first bytes of the buffer may hold 16 digits in a row. True if there is no scanner. */
export function mayHaveLongNumber(sizeBytes: number): boolean {
  return byteScanner === undefined || byteScanner.hasDigits(BEFORE_BYTES, BEFORE_BYTES + sizeBytes) !== 0
}

/** Checks whether the runtime can run the scanner. */
export function hasByteScanner(): boolean {
  scratchBuffer(0)
  return byteScanner !== undefined
}

/**
 * Counts the quotes, backslashes and control characters among the first bytes of the buffer: what JSON escapes, and the
 * quotes around strings. Undefined if there is no scanner.
 */
export function countEscapes(sizeBytes: number): number | undefined {
  return byteScanner?.countMarks(BEFORE_BYTES, BEFORE_BYTES + sizeBytes)
}

function createBuffer(atLeastBytes: number): Buffer {
  // At the first call, and again after memory ran out: records are read in any case.
  byteScanner ??= instantiate(MODULE) as ByteScanner | undefined
  // Twice as much, so that slowly growing records do not make it grow each time.
  const sizeBytes = BEFORE_BYTES + atLeastBytes * 2 + AFTER_BYTES
  try {
    if (byteScanner !== undefined) return grow(byteScanner, sizeBytes)
  } catch {
    byteScanner = undefined
  }
  return Buffer.allocUnsafeSlow(sizeBytes)
}

function grow({ memory }: ByteScanner, sizeBytes: number): Buffer {
  const missing = sizeBytes - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
  return Buffer.from(memory.buffer, BEFORE_BYTES)
}

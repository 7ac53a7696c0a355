import { Buffer } from './buffer.ts'
import { MODULE } from './module.ts'
import { instantiate, type Memory, PAGE_BYTES } from './wasm.ts'

// One buffer for the bytes of all records, because a new one for each costs more than what is done with it. It is the memory
// of a module that looks through it: `assembly/index.ts`.

interface ByteScanner {
  readonly memory: Memory
  readonly hasDigits: (start: number, end: number) => number
  readonly countMarks: (start: number, end: number) => number
}

/** What the module may touch before the first byte and after the last. */
const BEFORE_BYTES = 64
const AFTER_BYTES = 128

const utf8 = new TextEncoder()

let byteScanner: ByteScanner | undefined
let scratch: Buffer | undefined

/**
 * A buffer of at least so many bytes, the same one for every record. Whoever asks for it has to be done with it before
 * anyone else can ask: nothing may be awaited between.
 */
export function scratchBuffer(atLeastBytes: number): Buffer {
  if (scratch === undefined || scratch.length < atLeastBytes + AFTER_BYTES) scratch = createBuffer(atLeastBytes)
  return scratch
}

/** Writes the UTF-8 of a text to the beginning of the buffer, and returns how many bytes that are. */
export function writeText(text: string): number {
  // No character takes more than three bytes a code unit.
  return utf8.encodeInto(text, scratchBuffer(text.length * 3)).written
}

/** Tells whether the first bytes of the buffer may hold 16 digits in a row. Where nothing can look, they may. */
export function mayHaveLongNumber(sizeBytes: number): boolean {
  return byteScanner === undefined || byteScanner.hasDigits(BEFORE_BYTES, BEFORE_BYTES + sizeBytes) !== 0
}

/** Tells whether there is anything to look with. */
export function hasByteScanner(): boolean {
  scratchBuffer(0)
  return byteScanner !== undefined
}

/**
 * How many of the first bytes of the buffer are a quote, a backslash or a control character: what JSON writes in another way,
 * and what it has around texts. Undefined where nothing can look.
 */
export function countEscapes(sizeBytes: number): number | undefined {
  return byteScanner?.countMarks(BEFORE_BYTES, BEFORE_BYTES + sizeBytes)
}

function createBuffer(atLeastBytes: number): Buffer {
  // At first, and again after a time without memory: whatever there is, records are read.
  byteScanner ??= instantiate(MODULE) as ByteScanner | undefined
  // Twice as much, so that records that grow little by little do not make it grow each time.
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

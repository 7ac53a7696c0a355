// The layout of memory. Everything below the program has a fixed address; the host passes the other addresses.

/** The results that the host reads besides the row. */
export const RESULT: usize = 512

/**
 * The bytes to compare with, 16 times each. Loading them costs one instruction; V8 rebuilds a constant vector wherever it is
 * used, in three.
 */
export const SIGNS: usize = 528

/** Where the keys of each object that is being scanned begin, by its level. */
export const LEVELS: usize = 640
/** A deeper object in a printed value is left to the parsing path. */
export const MAX_LEVEL: usize = 32

/** The closing brackets that a skipped value still needs, one byte per level. */
export const STACK: usize = 1024
/** A more deeply nested value is left to the parsing path. */
export const MAX_DEPTH: usize = 1024
/** The keys of the objects that are being scanned: address and length of each. */
export const KEYS: usize = 2048
/** Nested objects with more keys in all are left to the parsing path. */
export const MAX_KEYS: usize = 256

/** For each set of quotes among eight bytes, the order of the bytes with a backslash before each quote. */
export const QUOTING: usize = 4096

/** Copies and comparisons take 16 bytes at a time, so they may touch that many after the last byte. */
export const SLACK: usize = 16

/** Sets memory to zero, 16 bytes at a time; WebAssembly's own instruction is slower for so few bytes. */
export function clear(at: usize, sizeBytes: usize): void {
  for (const end = at + sizeBytes; at < end; at += 16) v128.store(at, i64x2.splat(0))
}

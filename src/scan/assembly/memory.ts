// Where everything stands in memory. What is below the program has a fixed place; the host says where the rest is.

/** What the host reads of a record besides its row. */
export const RESULT: usize = 512

/**
 * What bytes are compared with, 16 times each. Read from memory they cost one instruction; a vector that is a constant V8 makes
 * anew wherever it is used, in three.
 */
export const SIGNS: usize = 528

/** Where the keys begin of each object that is being looked through, by its level. */
export const LEVELS: usize = 640
/** An object that is deeper inside what becomes text is left to the parsing path. */
export const MAX_LEVEL: usize = 32

/** The closing brackets that a skipped value still needs, a byte a level. */
export const STACK: usize = 1024
/** A value that is nested more deeply is left to the parsing path. */
export const MAX_DEPTH: usize = 1024
/** The keys of the objects that are being looked through: address and length of each. */
export const KEYS: usize = 2048
/** An object, or several inside each other, with more keys than that is left to the parsing path. */
export const MAX_KEYS: usize = 256

/** For each set of quotes among eight bytes, which bytes stand where once each quote has a backslash before it. */
export const QUOTING: usize = 4096

/** Copies and looks take 16 bytes at a time, so that many after the last may be touched. */
export const SLACK: usize = 16

/** Sets memory to zero, 16 bytes at a time; the instruction for it is meant for more. */
export function clear(at: usize, sizeBytes: usize): void {
  for (const end = at + sizeBytes; at < end; at += 16) v128.store(at, i64x2.splat(0))
}

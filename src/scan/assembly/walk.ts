import { isReprinted, longEnd, roughAt, setReprinted, setRough } from './odd'
import { insideEnd, valueEnd } from './skip'
import { FIRST, find, isNext, isSame, LENGTH, NEXT, VALUE } from './table'
import { afterColon, afterSpace, stringEnd } from './text'

// Walks a document along the tree of wanted paths and notes where the wanted values are. What is not wanted is passed over.
//
// A node: slot, stamp, table of keys, list of indices, plan for elements, whether it becomes JSON text; 0 for what it has not.
const STAMP: usize = 4
const TABLE: usize = 8
const INDICES: usize = 12
const ELEMENTS: usize = 16
const PRINTED: usize = 20

/** The node of a key that no document may have that is to be read here. */
const FORBIDDEN: u32 = 1

/** From one key to the next in most documents. */
const COMMA_QUOTE: u16 = 0x222c
const COMMA_BRACE: u16 = 0x7b2c

/** Counts objects, so that a node knows whether its key came before in the same one. */
let stamps: u32 = 0

/** Walks a value and returns where it ends, or 0 where this is not the path for it. */
export function walk(p: usize, node: usize): usize {
  const end = load<u8>(p) === 0x22 ? longEnd(p + 1) : walkInside(p, node)
  const slot = load<u32>(node)
  if (slot !== 0) note(slot, p, end)
  return end
}

/** The same for a value that is no text. */
function walkInside(p: usize, node: usize): usize {
  return load<u32>(node, PRINTED) === 0 ? walkParts(p, node) : walkPrinted(p, node)
}

function walkParts(p: usize, node: usize): usize {
  const c = load<u8>(p)
  if (c === 0x7b && load<u32>(node, TABLE) !== 0) return walkObject(p, node)
  if (c === 0x5b && (load<u32>(node, INDICES) | load<u32>(node, ELEMENTS)) !== 0) return walkList(p, node)
  return insideEnd(p, false)
}

/** A value that becomes JSON text. Where parts of it are wanted by themselves, they are looked for first. */
function walkPrinted(p: usize, node: usize): usize {
  const hasParts = (load<u32>(node, TABLE) | load<u32>(node, INDICES) | load<u32>(node, ELEMENTS)) !== 0
  return hasParts && walkParts(p, node) === 0 ? 0 : insideEnd(p, true)
}

/** A slot: where a value begins, where it ends, and what is odd about it: 1 if it is rough, 2 if it is printed otherwise. */
function note(slot: usize, start: usize, end: usize): void {
  store<u32>(slot, <u32>start)
  store<u32>(slot, <u32>end, 4)
  store<u32>(slot, u32(roughAt >= start) | (u32(isReprinted) << 1), 8)
  setReprinted(false)
}

function walkObject(p: usize, node: usize): usize {
  const table = <usize>load<u32>(node, TABLE)
  const stamp = ++stamps
  // Those who make events write the keys in the same order again, so the one that came next the last time is tried first.
  let guess: usize = table + FIRST
  p = afterSpace(p + 1)
  const first = load<u8>(p)
  if (first !== 0x22) return first === 0x7d ? p + 1 : 0
  while (true) {
    const key = p + 1
    let entry = table + load<u32>(guess)
    if (isNext(entry, key)) p = key + load<u32>(entry, LENGTH) + 1
    else {
      p = stringEnd(key)
      // An escaped key may be any key.
      if (p === 0 || roughAt >= key) return 0
      entry = find(table, key, <u32>(p - key - 1))
      if (entry !== 0) store<u32>(guess, <u32>(entry - table))
    }
    const value = afterColon(p)
    if (value === 0) return 0
    const child = entry === 0 ? 0 : load<u32>(entry, VALUE)
    if (child === FORBIDDEN) return 0
    if (load<u8>(value) === 0x22) p = stringEnd(value + 1)
    else p = child === 0 ? insideEnd(value, false) : walkInside(value, child)
    if (p === 0) return 0
    if (child !== 0) {
      // The last of repeated keys counts, but by then the others have been noted.
      if (load<u32>(child, STAMP) === stamp) return 0
      store<u32>(child, stamp, STAMP)
      const slot = load<u32>(child)
      if (slot !== 0) note(slot, value, p)
      guess = entry + NEXT
    }
    if (load<u16>(p) === COMMA_QUOTE) p++
    else {
      p = afterSpace(p)
      const c = load<u8>(p)
      if (c !== 0x2c) return c === 0x7d ? p + 1 : 0
      p = afterSpace(p + 1)
      if (load<u8>(p) !== 0x22) return 0
    }
  }
}

function walkList(p: usize, node: usize): usize {
  const indices = load<u32>(node, INDICES)
  const elements = load<u32>(node, ELEMENTS)
  p = afterSpace(p + 1)
  if (load<u8>(p) === 0x5d) return p + 1
  let index: u32 = 0
  while (true) {
    if (indices === 0 && load<u8>(p) === 0x7b) {
      p = walkElement(p, elements)
      // From one element to the next in most documents.
      if (load<u16>(p) === COMMA_BRACE) {
        p++
        continue
      }
    } else p = walkItem(p, elements, indices === 0 ? 0 : childAt(indices, index++))
    if (p === 0) return 0
    p = afterSpace(p)
    const c = load<u8>(p)
    if (c !== 0x2c) return c === 0x5d ? p + 1 : 0
    p = afterSpace(p + 1)
  }
}

/** An element of any kind, which may be wanted by its number. */
function walkItem(p: usize, elements: usize, child: usize): usize {
  if (elements === 0 || load<u8>(p) !== 0x7b) return child === 0 ? valueEnd(p) : walk(p, child)
  return child !== 0 && !walkTwice(p, child) ? 0 : walkElement(p, elements)
}

/** An element that is also wanted by its number is walked once more, which is rare and short. */
function walkTwice(p: usize, child: usize): bool {
  const before = roughAt
  const end = walk(p, child)
  setRough(before)
  return end !== 0
}

/** Indices: how many, then each with its node. */
function childAt(indices: usize, index: u32): u32 {
  for (let left = load<u32>(indices), at = indices + 4; left !== 0; left--, at += 8) {
    if (load<u32>(at) === index) return load<u32>(at, 4)
  }
  return 0
}

/**
 * The plan for elements: their node, the slot of the key that all fields ask for, the lengths that it has to have, how many
 * fields are wanted; then of each: slot of the key, slot of what is taken, the text that the key has to be with its length,
 * flags, slot of the result.
 */
function walkElement(p: usize, plan: usize): usize {
  const end = walkObject(p, load<u32>(plan))
  if (end === 0) return 0
  // Most elements are not the wanted one, and most of those have a key of another length.
  const key = load<u32>(plan, 4)
  const length = load<u32>(key, 4) - load<u32>(key) - 2
  if (load<u32>(key, 8) === 0 && ((load<u32>(plan, 8) >> (length & 31)) & 1) === 0) return end
  return takeFields(p, plan + 12) ? end : 0
}

/** @returns false where only the parsing path can tell */
function takeFields(element: usize, fields: usize): bool {
  for (let left = load<u32>(fields), at = fields + 4; left !== 0; left--, at += 24) {
    if (!takeField(at, element)) return false
  }
  return true
}

/**
 * Takes the field of an element where its key is the right one. What stands before the element is of one before.
 *
 * @returns false where only the parsing path can tell
 */
function takeField(wanted: usize, element: usize): bool {
  const key = load<u32>(wanted)
  const start = <usize>load<u32>(key)
  const isRough = load<u32>(key, 8) !== 0
  if (!isRough && load<u32>(key, 4) - <u32>start - 2 !== load<u32>(wanted, 12)) return true
  if (start < element || load<u8>(start) !== 0x22) return true
  if (isRough) return false
  takeSame(wanted, start + 1, element)
  return true
}

function takeSame(wanted: usize, key: usize, element: usize): void {
  const text = load<u32>(wanted, 8)
  const length = load<u32>(wanted, 12)
  const flags = load<u32>(wanted, 16)
  if (!(flags & 1 ? isSameLetters(text, key, length) : isSame(text, key, length))) return
  const from = load<u32>(wanted, 4)
  const value = <usize>load<u32>(from)
  if (value < element || load<u8>(value) === 0x6e) return
  const to = load<u32>(wanted, 20)
  if (load<u32>(to) !== 0 && !(flags & 2)) return
  store<u64>(to, load<u64>(from))
  store<u32>(to, load<u32>(from, 8), 8)
}

/** As `isSame`, for a text in lower case and another in any: only the letters of ASCII have two. */
function isSameLetters(lower: usize, text: usize, length: u32): bool {
  for (let i: usize = 0; i < <usize>length; i++) {
    let c = load<u8>(text + i)
    if (c - 0x41 <= 25) c |= 0x20
    if (c !== load<u8>(lower + i)) return false
  }
  return true
}

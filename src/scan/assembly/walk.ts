import { FIRST, find, isNext, isSame, LENGTH, NEXT, VALUE } from './key-table'
import { isReprinted, longEnd, roughAt, setReprinted, setRough } from './odd'
import { insideEnd, valueEnd } from './skip'
import { afterColon, afterSpace, stringEnd } from './text'

// Walks a document along the tree of wanted paths and notes where the wanted values are. Everything else is skipped.
//
// A node: slot, stamp, table of keys, list of indices, plan for elements, whether it is printed as JSON; 0 for a missing part.
const STAMP: usize = 4
const TABLE: usize = 8
const INDICES: usize = 12
const ELEMENTS: usize = 16
const PRINTED: usize = 20

/** The node of a forbidden key: a document with it is left to the parsing path. */
const FORBIDDEN: u32 = 1

/** The bytes between a value and the next key in most documents. */
const COMMA_QUOTE: u16 = 0x222c
const COMMA_BRACE: u16 = 0x7b2c

/** Counts objects, so that a node knows whether its key came before in the same object. */
let stamps: u32 = 0

/** Walks a value and returns its end, or 0 if the parsing path has to take the record. */
export function walk(p: usize, node: usize): usize {
  const end = load<u8>(p) === 0x22 ? longEnd(p + 1) : walkInside(p, node)
  const slot = load<u32>(node)
  if (slot !== 0) note(slot, p, end)
  return end
}

/** The same for a value that is not a string. */
function walkInside(p: usize, node: usize): usize {
  return load<u32>(node, PRINTED) === 0 ? walkParts(p, node) : walkPrinted(p, node)
}

function walkParts(p: usize, node: usize): usize {
  const c = load<u8>(p)
  if (c === 0x7b && load<u32>(node, TABLE) !== 0) return walkObject(p, node)
  if (c === 0x5b && (load<u32>(node, INDICES) | load<u32>(node, ELEMENTS)) !== 0) return walkList(p, node)
  return insideEnd(p, false)
}

/** Walks a value that is printed as JSON. If parts of it are wanted too, they are walked first. */
function walkPrinted(p: usize, node: usize): usize {
  const hasParts = (load<u32>(node, TABLE) | load<u32>(node, INDICES) | load<u32>(node, ELEMENTS)) !== 0
  return hasParts && walkParts(p, node) === 0 ? 0 : insideEnd(p, true)
}

/** Fills a slot: beginning and end of a value, and flags: 1 if it is rough, 2 if it is printed differently. */
function note(slot: usize, start: usize, end: usize): void {
  store<u32>(slot, <u32>start)
  store<u32>(slot, <u32>end, 4)
  store<u32>(slot, u32(roughAt >= start) | (u32(isReprinted) << 1), 8)
  setReprinted(false)
}

function walkObject(p: usize, node: usize): usize {
  const table = <usize>load<u32>(node, TABLE)
  const stamp = ++stamps
  // Producers write keys in the same order each time, so the key that came next the last time is tried first.
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
      // The last of repeated keys counts, but the first has been noted already.
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
      // The common case between two elements.
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

/** Walks an element of any type, which may be wanted by its index. */
function walkItem(p: usize, elements: usize, child: usize): usize {
  if (elements === 0 || load<u8>(p) !== 0x7b) return child === 0 ? valueEnd(p) : walk(p, child)
  return child !== 0 && !walkTwice(p, child) ? 0 : walkElement(p, elements)
}

/** Walks an element that is also wanted by its index once more, which is rare and short. */
function walkTwice(p: usize, child: usize): bool {
  const before = roughAt
  const end = walk(p, child)
  setRough(before)
  return end !== 0
}

/** Finds the node of an index. The list has its length, then each index with its node. */
function childAt(indices: usize, index: u32): u32 {
  for (let left = load<u32>(indices), at = indices + 4; left !== 0; left--, at += 8) {
    if (load<u32>(at) === index) return load<u32>(at, 4)
  }
  return 0
}

/**
 * Walks an element that is an object. The plan for elements: their node, the slot of the key that all fields compare, the
 * possible lengths of its value, the number of wanted fields; then for each field: slot of the key, slot of the taken value,
 * the string that the key must equal and its length, flags, slot of the result.
 */
function walkElement(p: usize, plan: usize): usize {
  const end = walkObject(p, load<u32>(plan))
  if (end === 0) return 0
  // Most elements are not the wanted one, and most of those have a key value of another length.
  const key = load<u32>(plan, 4)
  const length = load<u32>(key, 4) - load<u32>(key) - 2
  if (load<u32>(key, 8) === 0 && ((load<u32>(plan, 8) >> (length & 31)) & 1) === 0) return end
  return takeFields(p, plan + 12) ? end : 0
}

/** @returns false if only the parsing path can decide */
function takeFields(element: usize, fields: usize): bool {
  for (let left = load<u32>(fields), at = fields + 4; left !== 0; left--, at += 24) {
    if (!takeField(at, element)) return false
  }
  return true
}

/**
 * Takes the field of an element if its key has the wanted value. Addresses before the element belong to an earlier one.
 *
 * @returns false if only the parsing path can decide
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

/** Like `isSame`, but ignoring the case of ASCII letters; the first string is in lower case. */
function isSameLetters(lower: usize, text: usize, length: u32): bool {
  for (let i: usize = 0; i < <usize>length; i++) {
    let c = load<u8>(text + i)
    if (c - 0x41 <= 25) c |= 0x20
    if (c !== load<u8>(lower + i)) return false
  }
  return true
}

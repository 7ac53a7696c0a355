import type { ElementOptions } from '../select/source.ts'
import { SLOT_BYTES } from './layout.ts'

/** All that is wanted of an event, and where the scanner notes it. */
export interface Tree {
  readonly root: Node
  /** Where the next slot will stand: one after the other, in the order in which they were asked for. */
  slotsEnd: number
}

/** A place in an event that some route wants to know of, or that leads to one. */
export interface Node {
  /** Where the scanner notes the value; 0 where nobody wants it. */
  slot: number
  /** It becomes JSON text in some row, so the scanner looks through it. */
  isPrinted: boolean
  readonly children: Map<string, Node>
  elements: Elements | undefined
  /** An event with this key is none that the scanner may read. */
  isForbidden: boolean
}

/** What is wanted of the elements of a list. */
export interface Elements {
  readonly node: Node
  /** By their options as JSON. */
  readonly fields: Map<string, Field>
}

/** A field of the one element whose key is the right one, and its slots. */
export interface Field {
  readonly options: ElementOptions
  readonly key: number
  readonly take: number
  readonly result: number
}

/** Makes a tree that wants nothing yet; its slots will stand at an address. */
export function createTree(slotsAt: number): Tree {
  return { root: createNode(), slotsEnd: slotsAt }
}

function createNode(): Node {
  return { slot: 0, isPrinted: false, children: new Map(), elements: undefined, isForbidden: false }
}

/** Wants the value at a path and returns its slot, the same one for all who ask. */
export function wantValue(
  tree: Tree,
  keys: readonly string[],
  { from = tree.root, isPrinted = false }: Wish = {},
): number {
  const node = nodeAt(from, keys)
  if (node.slot === 0) node.slot = addSlot(tree)
  if (isPrinted) node.isPrinted = true
  return node.slot
}

/** How a value is wanted. */
interface Wish {
  /** Where its path begins. */
  readonly from?: Node
  readonly isPrinted?: boolean
}

/** Wants a field of one element of the list at a path. */
export function wantElement(tree: Tree, keys: readonly string[], options: ElementOptions, isPrinted: boolean): number {
  const list = nodeAt(tree.root, keys)
  list.elements ??= { node: createNode(), fields: new Map() }
  const { node, fields } = list.elements
  const key = wantValue(tree, [options.key], { from: node })
  const take = wantValue(tree, [options.take], { from: node, isPrinted })
  const name = JSON.stringify(options)
  const known = fields.get(name)
  if (known !== undefined) return known.result
  const result = addSlot(tree)
  fields.set(name, { options, key, take, result })
  return result
}

/** Leaves events with a key at the top to the plain engine. */
export function forbidKey({ root }: Tree, key: string): void {
  nodeAt(root, [key]).isForbidden = true
}

function nodeAt(from: Node, keys: readonly string[]): Node {
  let node = from
  for (const key of keys) {
    const child = node.children.get(key) ?? createNode()
    node.children.set(key, child)
    node = child
  }
  return node
}

function addSlot(tree: Tree): number {
  const slot = tree.slotsEnd
  tree.slotsEnd += SLOT_BYTES
  return slot
}

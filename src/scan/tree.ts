import type { ElementOptions } from '../select/source.ts'
import { SLOT_BYTES } from './memory-layout.ts'

/** All values that routes read from an event, and their slots. */
export interface Tree {
  readonly root: Node
  /** The address of the next slot; slots are assigned in the order of the calls. */
  slotsEnd: number
}

/** A place in an event that a route reads, or that leads to one. */
export interface Node {
  /** The slot of the value; 0 if no route reads it. */
  slot: number
  /** A row prints the value as JSON, so the scanner checks its keys and numbers. */
  isPrinted: boolean
  readonly children: Map<string, Node>
  elements: Elements | undefined
  /** An event with this key is left to the plain engine. */
  isForbidden: boolean
}

/** What routes read from the elements of a list. */
export interface Elements {
  readonly node: Node
  /** The fields by their options as JSON. */
  readonly fields: Map<string, Field>
}

/** A field of the element whose key has the wanted value, and its slots. */
export interface Field {
  readonly options: ElementOptions
  readonly key: number
  readonly take: number
  readonly result: number
}

/** Creates an empty tree whose slots begin at an address. */
export function createTree(slotsAt: number): Tree {
  return { root: createNode(), slotsEnd: slotsAt }
}

function createNode(): Node {
  return { slot: 0, isPrinted: false, children: new Map(), elements: undefined, isForbidden: false }
}

/** Adds the value at a path and returns its slot; the same path has the same slot. */
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

/** How a value is read. */
interface Wish {
  /** The node that its path begins at. */
  readonly from?: Node
  readonly isPrinted?: boolean
}

/** Adds a field of one element of the list at a path and returns its slot. */
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

/** Leaves events with a top-level key to the plain engine. */
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

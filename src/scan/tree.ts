import type { ElementOptions } from '../select/source.ts'

/** Where the scanner notes a value that it found. */
export interface Slot {
  /** Its number, once all are known. */
  index: number
}

/** A place in an event that some route wants to know of, or that leads to one. */
export interface Node {
  slot: Slot | undefined
  readonly children: Map<string, Node>
  elements: Elements | undefined
  /** An event with this key is none that the scanner may read. */
  isForbidden: boolean
}

/** What is wanted of the elements of a list. */
export interface Elements {
  readonly node: Node
  readonly fields: Field[]
}

/** A field of the one element whose key is the right one. */
export interface Field {
  readonly options: ElementOptions
  readonly key: Slot
  readonly take: Slot
  readonly result: Slot
}

/** Makes a node that wants nothing yet. */
export function createNode(): Node {
  return { slot: undefined, children: new Map(), elements: undefined, isForbidden: false }
}

/** Wants the value at a path, for all who ask for the same one together. */
export function wantValue(root: Node, keys: readonly string[]): Slot {
  const node = nodeAt(root, keys)
  node.slot ??= { index: -1 }
  return node.slot
}

/** Wants a field of one element of the list at a path. */
export function wantElement(root: Node, keys: readonly string[], options: ElementOptions): Slot {
  const list = nodeAt(root, keys)
  list.elements ??= { node: createNode(), fields: [] }
  const { node, fields } = list.elements
  const known = fields.find((field) => isSame(field.options, options))
  if (known !== undefined) return known.result
  const [key, take] = [wantValue(node, [options.key]), wantValue(node, [options.take])]
  const result = { index: -1 }
  fields.push({ options, key, take, result })
  return result
}

/** Leaves events with a key at the top to the plain engine. */
export function forbidKey(root: Node, key: string): void {
  nodeAt(root, [key]).isForbidden = true
}

function nodeAt(root: Node, keys: readonly string[]): Node {
  let node = root
  for (const key of keys) {
    const child = node.children.get(key) ?? createNode()
    node.children.set(key, child)
    node = child
  }
  return node
}

function isSame(a: ElementOptions, b: ElementOptions): boolean {
  return (
    a.key === b.key && a.equals === b.equals && a.take === b.take && a.ignoreCase === b.ignoreCase && a.last === b.last
  )
}

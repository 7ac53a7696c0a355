import { INDEX } from '../select/lookup.ts'
import { type Image, placeTable } from './image.ts'
import { SLOT_BYTES, SLOTS_AT } from './layout.ts'
import type { Elements, Field, Node, Slot } from './tree.ts'

/** In place of a node: the scanner gives up there. */
const FORBIDDEN = 1

/** Gives every slot its number, those of the elements of a list side by side, and returns how many there are. */
export function numberSlots(node: Node, first = 0): number {
  let next = first
  if (node.slot !== undefined) node.slot.index = next++
  for (const child of node.children.values()) next = numberSlots(child, next)
  if (node.elements === undefined) return next
  next = numberSlots(node.elements.node, next)
  for (const { result } of node.elements.fields) result.index = next++
  return next
}

/** The address of a slot. */
export function addressOf({ index }: Slot): number {
  return SLOTS_AT + index * SLOT_BYTES
}

/** Lays a tree out as `assembly/walk.ts` walks it, leaves first, and returns where its root stands. */
export function placeTree(image: Image, node: Node): number {
  if (node.isForbidden) return FORBIDDEN
  const children = new Map([...node.children].map(([key, child]) => [key, placeTree(image, child)]))
  const indices = [...children].filter(([key]) => INDEX.test(key))
  return image.words([
    node.slot === undefined ? 0 : addressOf(node.slot),
    0,
    children.size === 0 ? 0 : placeTable(image, children),
    indices.length === 0 ? 0 : image.words([indices.length, ...indices.flatMap(([key, at]) => [Number(key), at])]),
    node.elements === undefined ? 0 : placeElements(image, node.elements),
  ])
}

function placeElements(image: Image, { node, fields }: Elements): number {
  const root = placeTree(image, node)
  const placed = fields.flatMap((field) => placeField(image, field))
  return image.words([root, fields.length, ...placed])
}

function placeField(image: Image, { options, key, take, result }: Field): readonly number[] {
  const { at, length } = image.text(options.equals)
  const flags = (options.ignoreCase === true ? 1 : 0) + (options.last === true ? 2 : 0)
  return [addressOf(key), addressOf(take), at, length, flags, addressOf(result)]
}

import { lowerAscii } from '../select/element.ts'
import { isIndex } from '../select/lookup.ts'
import { placeTable } from './hash-table.ts'
import { type Image, placeText, placeWords } from './image.ts'
import type { Elements, Node } from './tree.ts'

/** Used instead of a node: the scanner gives up there. */
const FORBIDDEN = 1

/** Lays a tree out as `assembly/walk.ts` reads it, leaves first, and returns the address of its root. */
export function placeTree(image: Image, { slot, isPrinted, children, elements, isForbidden }: Node): number {
  if (isForbidden) return FORBIDDEN
  const indices: number[] = []
  const placeChild = (child: Node, key: string): number => {
    const at = placeTree(image, child)
    if (isIndex(key)) indices.push(Number(key), at)
    return at
  }
  return placeWords(image, [
    slot,
    0,
    children.size === 0 ? 0 : placeTable(image, children, placeChild),
    indices.length === 0 ? 0 : placeWords(image, [indices.length / 2, ...indices]),
    elements === undefined ? 0 : placeElements(image, elements),
    isPrinted ? 1 : 0,
  ])
}

function placeElements(image: Image, { node, fields }: Elements): number {
  const [first, ...others] = [...fields.values()]
  const words = [placeTree(image, node), first?.key ?? 0, 0, fields.size]
  let lengths = 0
  for (const { options, key, take, result } of fields.values()) {
    const { equals, ignoreCase = false, last = false } = options
    const { at, length } = placeText(image, ignoreCase ? lowerAscii(equals) : equals)
    const flags = (ignoreCase ? 1 : 0) + (last ? 2 : 0)
    words.push(key, take, at, length, flags, result)
    lengths |= 1 << (length & 31)
  }
  // If the fields compare several keys, every element is checked.
  words[2] = others.every(({ key }) => key === first?.key) ? lengths : -1
  return placeWords(image, words)
}

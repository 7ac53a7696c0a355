import { createImage, type Image, placeTable } from './image.ts'
import type { ColumnPlan, Instruction } from './instruction.ts'
import { SLOTS_AT } from './layout.ts'
import { placeTree } from './place-tree.ts'
import { planRoute, type ScanRoute } from './route.ts'
import { createTree, forbidKey, type Tree, wantElement, wantValue } from './tree.ts'
import { isWellFormed } from './well-formed.ts'

/** Routes, and how a record finds the one it takes. */
export interface ScanPlan {
  readonly routes: readonly ScanRoute[]
  /** The path of the text that tells routes apart; undefined where every record takes the same one. */
  readonly discriminant: readonly string[] | undefined
  /** The number of the route that a text leads to; undefined for those that are left to the plain engine. */
  readonly byValue: ReadonlyMap<string, number | undefined>
  /** The number of the route for all other texts. */
  readonly otherwise: number | undefined
  /** Events with one of these keys at the top are left to the plain engine. */
  readonly forbiddenKeys: readonly string[]
}

/** A program as it stands in the scanner's memory, from `SLOTS_AT` on. */
export interface Program {
  readonly bytes: Uint8Array
  /** The address of its first words. */
  readonly entry: number
  /** Cells that are written for each record: where they stand, and where their length does. */
  readonly metadata: readonly MetadataCell[]
}

/** A cell that is written for each record. */
export interface MetadataCell {
  readonly name: 'recordId' | 'partitionKey'
  readonly at: number
  readonly lengthAt: number
}

/** Most bytes of such a cell. */
export const MAX_METADATA_BYTES = 1024

/** In place of a route: the plain engine has it. */
const LEFT = 1

/** Lays out the routes that the scanner can have; undefined where there is none. */
export function createProgram(plan: ScanPlan): Program | undefined {
  const { discriminant, forbiddenKeys } = plan
  const routes = plan.routes.map(planRoute)
  if (routes.every((columns) => columns === undefined)) return undefined
  if (discriminant !== undefined && !isWellFormed(discriminant)) return undefined
  const tree = createTree()
  for (const key of forbiddenKeys) forbidKey(tree, key)
  const slot = discriminant === undefined ? 0 : wantValue(tree, discriminant)
  // All slots stand before the rest.
  for (const columns of routes) {
    for (const { sources } of columns ?? []) for (const source of sources) slotOf(tree, source)
  }
  return place(plan, { tree, routes, slot })
}

/** The slot of a source, the same one whenever it is asked for; 0 where the event has nothing to do with it. */
function slotOf(tree: Tree, { keys, element }: Instruction): number {
  if (keys === undefined) return 0
  return element === undefined ? wantValue(tree, keys) : wantElement(tree, keys, element)
}

interface Parts {
  readonly tree: Tree
  readonly routes: readonly (readonly ColumnPlan[] | undefined)[]
  /** That of the discriminant. */
  readonly slot: number
}

function place({ byValue, otherwise }: ScanPlan, { tree, routes, slot }: Parts): Program {
  // They are cleared 16 bytes at a time.
  const slotBytes = Math.ceil((tree.slotsEnd - SLOTS_AT) / 16) * 16
  const image = createImage(SLOTS_AT + slotBytes)
  const parts = { image, tree, metadata: [] }
  const programs = routes.map((columns, number) => (columns === undefined ? LEFT : placeRoute(columns, number, parts)))
  const programOf = (number: number | undefined): number => (number === undefined ? LEFT : (programs[number] ?? LEFT))
  const texts = new Map<string, number>()
  for (const [text, number] of byValue) if (isWellFormed([text])) texts.set(text, programOf(number))
  const table = placeTable(image, texts)
  const root = placeTree(image, tree.root)
  const entry = image.words([root, SLOTS_AT, slotBytes, slot, table, programOf(otherwise)])
  return { bytes: image.bytes(), entry, metadata: parts.metadata }
}

interface Placing {
  readonly image: Image
  readonly tree: Tree
  readonly metadata: MetadataCell[]
}

function placeRoute(columns: readonly ColumnPlan[], number: number, { image, tree, metadata }: Placing): number {
  const words = [number, columns.length]
  const cells: MetadataCell[] = []
  for (const { label, sources, missing = '', null: nil = '' } of columns) {
    words.push(...image.text(label), ...image.text(missing), ...image.text(nil), sources.length)
    for (const source of sources) {
      if (source.metadata !== undefined) {
        const at = image.room(MAX_METADATA_BYTES)
        cells.push({ name: source.metadata, at, lengthAt: (words.length + 2) * 4 })
        words.push(source.kind, at, 0, 0)
      } else words.push(...wordsOf(source, image, tree))
    }
  }
  const at = image.words(words)
  for (const cell of cells) metadata.push({ ...cell, lengthAt: at + cell.lengthAt })
  return at
}

const NONE = [0, 0] as const

function wordsOf(source: Instruction, image: Image, tree: Tree): readonly number[] {
  const { kind, keys, nullIsNull, text, settings = NONE } = source
  const [a, b] = text === undefined ? settings : image.text(text)
  return keys === undefined ? [kind, a, b, 0] : [nullIsNull === true ? kind + 256 : kind, slotOf(tree, source), a, b]
}

import { createImage, type Image, placeTable } from './image.ts'
import { type ColumnPlan, type Instruction, KINDS } from './instruction.ts'
import { SLOT_BYTES, SLOTS_AT } from './layout.ts'
import { addressOf, numberSlots, placeTree } from './place-tree.ts'
import { planRoute, type ScanRoute } from './route.ts'
import { createNode, forbidKey, type Node, type Slot, wantElement, wantValue } from './tree.ts'
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

interface PlannedRoute {
  readonly number: number
  readonly columns: readonly ColumnPlan[]
}

/** Lays out the routes that the scanner can have; undefined where there is none. */
export function createProgram(plan: ScanPlan): Program | undefined {
  const routes = plan.routes.flatMap((route, number): PlannedRoute[] => {
    const columns = planRoute(route)
    return columns === undefined ? [] : [{ number, columns }]
  })
  if (routes.length === 0 || plan.discriminant?.every(isWellFormed) === false) return undefined
  const root = createNode()
  for (const key of plan.forbiddenKeys) forbidKey(root, key)
  const discriminant = plan.discriminant && wantValue(root, plan.discriminant)
  const slots = new Map<Instruction, Slot>()
  for (const { columns } of routes) {
    for (const { sources } of columns) for (const source of sources) wantSource(root, source, slots)
  }
  return place(plan, { root, routes, slots, discriminant })
}

interface Parts {
  readonly root: Node
  readonly routes: readonly PlannedRoute[]
  readonly slots: ReadonlyMap<Instruction, Slot>
  readonly discriminant: Slot | undefined
}

function wantSource(root: Node, source: Instruction, slots: Map<Instruction, Slot>): void {
  if (!('keys' in source)) return
  const { keys, element } = source
  slots.set(source, element === undefined ? wantValue(root, keys) : wantElement(root, keys, element))
}

function place({ byValue, otherwise }: ScanPlan, { root, routes, slots, discriminant }: Parts): Program {
  // They are cleared 16 bytes at a time.
  const slotBytes = Math.ceil((numberSlots(root) * SLOT_BYTES) / 16) * 16
  const start = SLOTS_AT + slotBytes
  const image = createImage(start)
  const metadata: MetadataCell[] = []
  const programs = new Map(routes.map((route) => [route.number, placeRoute(image, route, { slots, metadata })]))
  const programOf = (number: number | undefined): number =>
    (number === undefined ? undefined : programs.get(number)) ?? LEFT
  const texts = [...byValue].filter(([text]) => isWellFormed(text))
  const table = placeTable(image, new Map(texts.map(([text, number]) => [text, programOf(number)])))
  const tree = placeTree(image, root)
  const slotOf = discriminant === undefined ? 0 : addressOf(discriminant)
  const entry = image.words([tree, SLOTS_AT, slotBytes, slotOf, table, programOf(otherwise)])
  return { bytes: withSlots(image, start), entry, metadata }
}

function withSlots(image: Image, start: number): Uint8Array {
  const code = image.bytes()
  const bytes = new Uint8Array(start - SLOTS_AT + code.length)
  bytes.set(code, start - SLOTS_AT)
  return bytes
}

interface Found {
  readonly slots: ReadonlyMap<Instruction, Slot>
  readonly metadata: MetadataCell[]
}

function placeRoute(image: Image, { number, columns }: PlannedRoute, found: Found): number {
  const words = [number, columns.length]
  const lengths: { readonly word: number; readonly name: MetadataCell['name']; readonly at: number }[] = []
  for (const { label, sources, missing, null: nil } of columns) {
    const texts = [label, missing ?? '', nil ?? ''].map((text) => image.text(text))
    words.push(...texts.flatMap(({ at, length }) => [at, length]), sources.length)
    for (const source of sources) {
      if ('metadata' in source && source.metadata !== undefined) {
        const at = image.room(MAX_METADATA_BYTES)
        lengths.push({ word: words.length + 2, name: source.metadata, at })
        words.push(KINDS.constant, at, 0, 0)
      } else words.push(...wordsOf(image, source, found))
    }
  }
  const at = image.words(words)
  found.metadata.push(...lengths.map(({ word, name, at: cell }) => ({ name, at: cell, lengthAt: at + word * 4 })))
  return at
}

function wordsOf(image: Image, source: Instruction, { slots }: Found): readonly number[] {
  const kind = KINDS[source.kind]
  if (!('keys' in source)) {
    const { at, length } = image.text(source.text ?? '')
    return [kind, at, length, 0]
  }
  const slot = slots.get(source)
  const between = source.separator === undefined ? undefined : image.text(source.separator)
  const settings = between === undefined ? source.settings : [between.at, between.length]
  return [kind + (source.nullIsNull ? 256 : 0), slot === undefined ? 0 : addressOf(slot), ...settings]
}

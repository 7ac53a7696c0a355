import { compileRoute, type ScanRoute } from './compile-route.ts'
import { placeTable } from './hash-table.ts'
import { createImage, type Image, placeRoom, placeWords } from './image.ts'
import { placeTree } from './place-tree.ts'
import type { MetadataCell, RouteProgram } from './route-program.ts'
import { createTree, forbidKey, type Tree, wantElement, wantValue } from './tree.ts'
import { isWellFormed } from './well-formed.ts'

/** The routes, and how the route of a record is found. */
export interface ScanPlan {
  readonly routes: readonly ScanRoute[]
  /** The path of the string that selects the route; undefined if every record takes the same route. */
  readonly discriminant: readonly string[] | undefined
  /** The number of the route for each string; undefined for those that are left to the plain engine. */
  readonly byValue: ReadonlyMap<string, number | undefined>
  /** The number of the route for all other strings. */
  readonly otherwise: number | undefined
  /** Events with one of these top-level keys are left to the plain engine. */
  readonly forbiddenKeys: readonly string[]
}

/** A program as bytes for the scanner's memory, from `PROGRAM_AT` on. */
export interface Program {
  readonly bytes: Uint8Array
  /** The address of its first words. */
  readonly entry: number
  readonly metadata: readonly MetadataCell[]
}

/** Used instead of a route that the plain engine runs. */
const LEFT = 1

/** Lays out the routes that the scanner can run; undefined if there are none. */
export function createProgram(plan: ScanPlan): Program | undefined {
  const image = createImage()
  const programs = plan.routes.map((route, number) => compileRoute(route, number, image))
  if (programs.every((program) => program === undefined) || !isWellFormed(plan.discriminant ?? [])) return undefined
  return place(plan, programs, image)
}

function place(
  { discriminant, byValue, otherwise, forbiddenKeys }: ScanPlan,
  programs: readonly (RouteProgram | undefined)[],
  image: Image,
): Program {
  const slotsAt = placeRoom(image, 0)
  const tree = createTree(slotsAt)
  for (const key of forbiddenKeys) forbidKey(tree, key)
  const slot = discriminant === undefined ? 0 : wantValue(tree, discriminant)
  for (const program of programs) if (program !== undefined) fillSlots(tree, program)
  // The scanner clears the slots 16 bytes at a time.
  const slotBytes = Math.ceil((tree.slotsEnd - slotsAt) / 16) * 16
  placeRoom(image, slotBytes)

  const metadata: MetadataCell[] = []
  const addresses = programs.map((program) => (program === undefined ? LEFT : placeRoute(program, metadata)))
  const programOf = (number: number | undefined): number => (number === undefined ? LEFT : (addresses[number] ?? LEFT))
  const table = placeTable(image, byValue, programOf)
  const root = placeTree(image, tree.root)
  const entry = placeWords(image, [root, slotsAt, slotBytes, slot, table, programOf(otherwise)])
  return { bytes: image.bytes.subarray(0, image.sizeBytes), entry, metadata }
}

function fillSlots(tree: Tree, { wants, words }: RouteProgram): void {
  for (const { word, keys, element, isPrinted } of wants) {
    words[word] =
      element === undefined ? wantValue(tree, keys, { isPrinted }) : wantElement(tree, keys, element, isPrinted)
  }
}

function placeRoute({ image, words, cells }: RouteProgram, metadata: MetadataCell[]): number {
  const at = placeWords(image, words)
  for (const cell of cells) metadata.push({ ...cell, lengthAt: at + cell.lengthAt })
  return at
}

import type { ToPlain } from './column.ts'
import type { Keyed, Member } from './members.ts'

/**
 * Newer versions of V8 print an object in half the time that its texts take one by one; they are told by this function,
 * which came with them. On older ones the loop over the cells is faster.
 */
export const PRINTS_FAST: boolean = 'rawJSON' in JSON

/** Prints a row as the loop over its cells does; undefined for a row that has to go that way. */
export type Printer = (row: object) => string | undefined

/**
 * Builds what prints a row by one `JSON.stringify`, of an object with plain values; undefined where a column has none. A row
 * with the columns in their order is copied and needs no search; one with a key that is no column goes the other way.
 */
export function createPrinter(members: readonly Member[]): Printer | undefined {
  const blank = Object.fromEntries(members.map(({ name }): [string, null] => [name, null]))
  // An object lists keys that look like numbers first.
  const inOrder = Object.keys(blank).every((name, index) => name === members[index]?.name)
  if (!inOrder || members.some(({ toPlain, inherited }) => toPlain === undefined || inherited)) return undefined
  const byName = new Map(members.map((member) => [member.name, member]))
  return (row) => printInOrder(members, row) ?? printSorted(members, byName, row, { ...blank })
}

/** Prints a row that has all columns in their order, and nothing else. */
function printInOrder(members: readonly Member[], row: object): string | undefined {
  // A copy: whatever the row's getters do, what is checked is what is printed.
  const plain: { [name: string]: unknown } = { ...row }
  let count = 0
  for (const key in plain) {
    const member = members[count++]
    if (member?.name !== key) return undefined
    const value = plain[key]
    const cell = plainCell(member, value)
    if (cell === undefined) return undefined
    if (cell !== value) plain[key] = cell
  }
  return count === members.length ? JSON.stringify(plain) : undefined
}

function printSorted(
  members: readonly Member[],
  byName: ReadonlyMap<string, Member>,
  row: object,
  plain: { [name: string]: unknown },
): string | undefined {
  let count = 0
  for (const key in row) {
    count++
    const member = byName.get(key)
    const cell = member === undefined ? undefined : plainCell(member, (row as Keyed)[key])
    if (cell === undefined) return undefined
    plain[key] = cell
  }
  return count === members.length || areNull(members, row, count) ? JSON.stringify(plain) : undefined
}

function plainCell(member: Member, value: unknown): ReturnType<ToPlain> | null {
  if (typeof value === 'string' && member.isText) return value
  const { nullable, fallback, toPlain } = member
  if (value === null) return nullable ? null : undefined
  if (value === undefined) return fallback === 'null' ? null : undefined
  return toPlain?.(value)
}

/** Tells whether all columns that were not listed are missing, and written as null. */
function areNull(members: readonly Member[], row: object, count: number): boolean {
  const missing = members.filter(({ name }) => !(name in row))
  return missing.length === members.length - count && missing.every(({ fallback }) => fallback === 'null')
}

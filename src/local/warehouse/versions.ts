import { Buffer } from 'node:buffer'
import { join } from 'node:path'
import type { Disk } from './disk.ts'
import { unreadable } from './failure.ts'
import { KEPT_VERSIONS, parseMetadata, type TableMetadata } from './metadata.ts'

/** A version of a table's metadata: `v<number>.metadata.json`. */
export interface TableVersion {
  readonly number: number
  readonly metadata: TableMetadata
}

const VERSION_FILE = /^v(\d+)\.metadata\.json$/

/** The name of a metadata file, as Iceberg's file-system tables have it. https://iceberg.apache.org/spec/#file-system-tables */
export function versionFile(number: number): string {
  return `v${number}.metadata.json`
}

/**
 * Finds the last version of a table; undefined where there is no table. The hint may be missing or behind, after a
 * crash between a commit and its hint, so that it is only where the search begins.
 */
export async function loadLatest(disk: Disk, folder: string): Promise<TableVersion | undefined> {
  const hinted = await readHint(disk, folder)
  const start = hinted === undefined ? undefined : await readVersion(disk, folder, hinted)
  const first = start ?? (await loadHighest(disk, folder))
  return first === undefined ? undefined : follow(disk, folder, first)
}

async function follow(disk: Disk, folder: string, from: TableVersion): Promise<TableVersion> {
  let latest = from
  for (;;) {
    const next = await readVersion(disk, folder, latest.number + 1)
    if (next === undefined) return latest
    latest = next
  }
}

/** Finds the last version, beginning at one that is known: most often it still is the last. */
export async function refresh(disk: Disk, folder: string, known: TableVersion): Promise<TableVersion> {
  const hinted = await readHint(disk, folder)
  // A hint further on may mean that the versions between are removed already, so that counting up would end too early.
  const latest = hinted === known.number ? await follow(disk, folder, known) : await loadLatest(disk, folder)
  if (latest !== undefined) return latest
  throw unreadable(folder, 'the table has gone while it was open')
}

/** Makes a version, unless another writer was first: the one moment at which a commit happens. */
export function createVersion(disk: Disk, folder: string, { number, metadata }: TableVersion): Promise<boolean> {
  return disk.create(versionPath(folder, number), Buffer.from(JSON.stringify(metadata), 'utf8'))
}

/**
 * Points readers to a version. Two writers may overtake each other between commit and hint, so that it goes on for as
 * long as there is a newer one.
 */
export async function pointTo(disk: Disk, folder: string, number: number): Promise<void> {
  let current = number
  do {
    await disk.write(hintPath(folder), Buffer.from(String(current), 'utf8'))
    current++
  } while ((await disk.read(versionPath(folder, current))) !== undefined)
}

/** Mends a hint that is missing or behind. */
export async function mendHint(disk: Disk, folder: string, number: number): Promise<void> {
  if ((await readHint(disk, folder)) !== number) await pointTo(disk, folder, number)
}

/** Removes the metadata file that a new version pushes out: every one lists all snapshots, so that they would grow for ever. */
export async function forgetOldVersion(disk: Disk, folder: string, number: number): Promise<void> {
  const old = number - KEPT_VERSIONS - 1
  if (old > 0) await disk.remove(versionPath(folder, old))
}

/** Reads a version; undefined where there is none. */
export async function readVersion(disk: Disk, folder: string, number: number): Promise<TableVersion | undefined> {
  const path = versionPath(folder, number)
  const bytes = await disk.read(path)
  return bytes === undefined ? undefined : { number, metadata: parseMetadata(bytes, path) }
}

async function loadHighest(disk: Disk, folder: string): Promise<TableVersion | undefined> {
  const names = await disk.list(join(folder, 'metadata'))
  const numbers = names.flatMap((name) => VERSION_FILE.exec(name)?.[1] ?? []).map(Number)
  return numbers.length === 0 ? undefined : readVersion(disk, folder, Math.max(...numbers))
}

async function readHint(disk: Disk, folder: string): Promise<number | undefined> {
  const bytes = await disk.read(hintPath(folder))
  const text = bytes === undefined ? '' : Buffer.from(bytes).toString('utf8').trim()
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

function versionPath(folder: string, number: number): string {
  return join(folder, 'metadata', versionFile(number))
}

function hintPath(folder: string): string {
  return join(folder, 'metadata', 'version-hint.text')
}

import { Buffer } from 'node:buffer'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { printExactly } from '../../table/exact-json.ts'
import type { Disk } from './disk.ts'
import { unreadable } from './failure.ts'
import { parseMetadata, type TableMetadata } from './table-metadata.ts'
import { codecOf, versionFile, versionFiles, versionOf } from './version-file.ts'

/** A version of a table's metadata. */
export interface TableVersion {
  readonly number: number
  /** The name of its file in the metadata folder. */
  readonly file: string
  readonly metadata: TableMetadata
}

/** How often the hint is read again if the version that it names was already removed in favour of newer ones. */
const HINT_ATTEMPTS = 3

/** Names a version that is not on disk yet. */
export function newVersion(number: number, metadata: TableMetadata): TableVersion {
  return { number, file: versionFile(number, codecOf(metadata.properties)), metadata }
}

/**
 * Finds the last version of a table; undefined if there is no table. The hint may be missing or behind, after a crash
 * between a commit and its hint, so it is only where the search begins. A hint that is ahead of every version is refused: another
 * program wrote the version that it names, and a commit on top of an older one would lose it.
 */
export async function loadLatest(disk: Disk, folder: string): Promise<TableVersion | undefined> {
  let hinted: number | undefined
  for (let attempt = 0; attempt < HINT_ATTEMPTS; attempt++) {
    hinted = await readHint(disk, folder)
    if (hinted === undefined) break
    const start = await readVersion(disk, folder, hinted)
    if (start !== undefined) return follow(disk, folder, start)
  }
  const highest = await loadHighest(disk, folder, hinted)
  return highest === undefined ? undefined : follow(disk, folder, highest)
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
  // If the hint is further on, the versions between may be removed already: counting up would end too early.
  const latest = hinted === known.number ? await follow(disk, folder, known) : await loadLatest(disk, folder)
  if (latest !== undefined) return latest
  throw unreadable(folder, 'the table has gone while it was open')
}

/** Creates a version, unless another writer was first. At this moment the commit happens. */
export async function createVersion(
  disk: Disk,
  folder: string,
  { version, temporary }: { readonly version: TableVersion; readonly temporary?: string },
): Promise<boolean> {
  const { number, file, metadata } = version
  for (const other of versionFiles(number)) {
    if (other !== file && (await disk.read(versionPath(folder, other))) !== undefined) return false
  }
  const json = Buffer.from(printExactly(metadata) ?? '', 'utf8')
  const bytes = codecOf(metadata.properties) === 'gzip' ? gzipSync(json) : json
  return disk.create(versionPath(folder, file), bytes, temporary)
}

/**
 * Points readers to a version, but never back: two writers may overtake each other between commit and hint, so the hint is set
 * to the newest version.
 */
export async function pointTo(disk: Disk, folder: string, number: number, temporary?: string): Promise<void> {
  let current = number
  for (;;) {
    while (await hasVersion(disk, folder, current + 1)) current++
    if (((await readHint(disk, folder)) ?? 0) >= current) return
    await disk.write(hintPath(folder), Buffer.from(String(current), 'utf8'), temporary)
    if (!(await hasVersion(disk, folder, current + 1))) return
  }
}

/** Fixes a hint that is missing or behind. */
export async function mendHint(disk: Disk, folder: string, number: number): Promise<void> {
  if ((await readHint(disk, folder)) !== number) await pointTo(disk, folder, number)
}

/** Removes the metadata files that a version's log no longer names: every one lists all snapshots. */
export async function forgetOldVersions(
  disk: Disk,
  folder: string,
  { before, after }: { readonly before: TableMetadata; readonly after: TableMetadata },
): Promise<void> {
  if (after.properties?.['write.metadata.delete-after-commit.enabled'] !== 'true') return
  const kept = new Set(after['metadata-log'].map((entry) => entry['metadata-file']))
  for (const { 'metadata-file': uri } of before['metadata-log']) {
    // Only versions in this folder, whatever the log says.
    if (!kept.has(uri) && versionOf(basename(uri)) !== undefined) await disk.remove(versionPath(folder, basename(uri)))
  }
}

/** Reads a version; undefined if there is none of this number. */
export async function readVersion(disk: Disk, folder: string, number: number): Promise<TableVersion | undefined> {
  for (const file of versionFiles(number)) {
    const path = versionPath(folder, file)
    const bytes = await disk.read(path)
    if (bytes !== undefined) return { number, file, metadata: parseMetadata(bytes, path) }
  }
  return undefined
}

async function hasVersion(disk: Disk, folder: string, number: number): Promise<boolean> {
  for (const file of versionFiles(number)) {
    if ((await disk.read(versionPath(folder, file))) !== undefined) return true
  }
  return false
}

async function loadHighest(disk: Disk, folder: string, hinted: number | undefined): Promise<TableVersion | undefined> {
  const names = await disk.list(join(folder, 'metadata'))
  const highest = Math.max(0, ...names.flatMap((name) => versionOf(name) ?? []))
  if (highest < (hinted ?? 0)) {
    const newest = highest === 0 ? 'there is none' : `the newest is ${highest}`
    throw unreadable(hintPath(folder), `it names version ${hinted}, of which there is no metadata file (${newest})`)
  }
  if (highest === 0) return undefined
  const version = await readVersion(disk, folder, highest)
  if (version !== undefined) return version
  const name = names.find((candidate) => versionOf(candidate) === highest) ?? ''
  throw unreadable(versionPath(folder, name), 'its compression is not known here (only gzip is)')
}

async function readHint(disk: Disk, folder: string): Promise<number | undefined> {
  const bytes = await disk.read(hintPath(folder))
  const text = bytes === undefined ? '' : Buffer.from(bytes).toString('utf8').trim()
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

function versionPath(folder: string, file: string): string {
  return join(folder, 'metadata', file)
}

function hintPath(folder: string): string {
  return join(folder, 'metadata', 'version-hint.text')
}

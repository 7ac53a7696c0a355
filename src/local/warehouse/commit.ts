import { randomInt, randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { IcebergRouterError } from '../../error.ts'
import { checkTable } from './check-table.ts'
import type { Disk } from './disk.ts'
import { unreadable } from './failure.ts'
import { createFileWriter, type FileWriter, type WrittenFiles, writeFiles } from './files.ts'
import type { TableLayout } from './layout.ts'
import { type ManifestFile, readManifestList, toManifestFile, writeManifestList } from './manifest-list.ts'
import { mergeChanges } from './merge.ts'
import { addSnapshot, currentSnapshot, type Snapshot } from './metadata.ts'
import { summarise } from './summary.ts'
import type { CommitSummary, RowChange } from './types.ts'
import {
  createVersion,
  forgetOldVersion,
  pointTo,
  readVersion,
  refresh,
  type TableVersion,
  versionFile,
} from './versions.ts'

/** A commit that is done: the version it made, and what it added. */
export interface Committed {
  readonly version: TableVersion
  readonly summary: CommitSummary
}

/** How often a commit is put on top of another writer's before it gives up. */
const MAX_ATTEMPTS = 20
const MAX_WAIT_MS = 50
/** JavaScript's exact numbers end at 2^53, and `randomInt` takes a range below 2^48. */
const MAX_SNAPSHOT_ID = 2 ** 48 - 1

/**
 * Commits changes: rows, deleted keys, manifests and the manifest list are written first, under names that nobody reads;
 * the next `v<n>.metadata.json` then makes all of it visible at once. Whatever fails before that leaves the table as it
 * was. Where another writer takes the number first, the list is written anew on top of that writer's snapshot.
 * https://iceberg.apache.org/spec/#optimistic-concurrency
 */
export async function commitChanges(
  disk: Disk,
  layout: TableLayout,
  { known, changes }: { readonly known: TableVersion; readonly changes: readonly RowChange[] },
): Promise<Committed> {
  const writer = createFileWriter(disk, layout)
  const merged = mergeChanges(changes, { keys: layout.declaration.uniqueKeys, partitions: layout.partitions })
  const snapshotId = randomInt(1, MAX_SNAPSHOT_ID)
  try {
    const written = await writeFiles(writer, layout, { ...merged, snapshotId })
    const version = await addVersion({ disk, layout, writer, written, snapshotId }, known)
    await announce(disk, layout.folder, version.number)
    const summary = {
      snapshotId,
      version: version.number,
      addedRows: merged.rows.length,
      addedFiles: written.files.length,
    }
    return { version, summary }
  } catch (error) {
    await writer.undo()
    throw error
  }
}

/** What the attempts of one commit share. */
interface Attempt {
  readonly disk: Disk
  readonly layout: TableLayout
  readonly writer: FileWriter
  readonly written: WrittenFiles
  readonly snapshotId: number
}

async function addVersion(attempt: Attempt, known: TableVersion): Promise<TableVersion> {
  const { disk, layout } = attempt
  let base = known
  for (let count = 0; count < MAX_ATTEMPTS; count++) {
    if (count > 0) await sleep(Math.random() * MAX_WAIT_MS)
    base = await refresh(disk, layout.folder, base)
    checkTable(layout, base)
    const next = await buildVersion(attempt, base)
    if (await createOrLearn(attempt, next)) return next
  }
  const reason = `other writers were faster ${MAX_ATTEMPTS} times; let one process write a table`
  throw new IcebergRouterError('WarehouseUnavailable', `cannot commit to ${layout.folder}: ${reason}`)
}

async function buildVersion(
  { disk, layout, writer, written, snapshotId }: Attempt,
  base: TableVersion,
): Promise<TableVersion> {
  const { number, metadata } = base
  const parent = currentSnapshot(metadata)
  const parentId = parent?.['snapshot-id']
  const owner = { snapshotId, parentId, sequenceNumber: metadata['last-sequence-number'] + 1 }
  const added = written.manifests.map((manifest) => toManifestFile(manifest, owner))
  const manifests = [...added, ...(await readManifests(disk, layout, parent))]
  const name = `snap-${snapshotId}-${randomUUID()}.avro`
  const manifestList = await writer.write('metadata', name, await writeManifestList(manifests, owner))
  const snapshot: Snapshot = {
    'snapshot-id': snapshotId,
    ...(parentId === undefined ? {} : { 'parent-snapshot-id': parentId }),
    'sequence-number': owner.sequenceNumber,
    // Later than the last even where the clock was set back, because readers go by the order of the log.
    'timestamp-ms': Math.max(Date.now(), metadata['last-updated-ms'] + 1),
    'manifest-list': manifestList,
    summary: summarise(written.files, parent?.summary),
    'schema-id': metadata['current-schema-id'],
  }
  const previousFile = `${layout.location}/metadata/${versionFile(number)}`
  return { number: number + 1, metadata: addSnapshot(metadata, snapshot, previousFile) }
}

async function readManifests(
  disk: Disk,
  layout: TableLayout,
  snapshot: Snapshot | undefined,
): Promise<readonly ManifestFile[]> {
  if (snapshot === undefined) return []
  const path = join(layout.folder, 'metadata', basename(snapshot['manifest-list']))
  const bytes = await disk.read(path)
  if (bytes === undefined) throw unreadable(path, 'the last snapshot names it and it is not there')
  return readManifestList(bytes, path)
}

/**
 * Creates a version and, where the disk reports a failure, looks whether the file is there all the same: a failed sync
 * comes after the moment that counts, and a commit that is told to be failed would be sent again.
 */
async function createOrLearn({ disk, layout, writer, snapshotId }: Attempt, next: TableVersion): Promise<boolean> {
  try {
    return await createVersion(disk, layout.folder, next)
  } catch (error) {
    const created = await readVersion(disk, layout.folder, next.number).catch(() => 'unknown' as const)
    // What may be committed must not be removed.
    if (created === 'unknown') writer.written.length = 0
    else if (created?.metadata['current-snapshot-id'] === snapshotId) return true
    throw error
  }
}

/** The commit stands already: a hint that cannot be written now is mended by the next commit or opening. */
async function announce(disk: Disk, folder: string, number: number): Promise<void> {
  try {
    await pointTo(disk, folder, number)
    await forgetOldVersion(disk, folder, number)
  } catch {
    return
  }
}

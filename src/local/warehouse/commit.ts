import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { IcebergRouterError } from '../../error.ts'
import { type Attempt, type BuiltVersion, buildVersion } from './build-version.ts'
import { checkTable } from './check-table.ts'
import type { Disk } from './disk.ts'
import { createFileWriter } from './file-writer.ts'
import { planFiles, writeFiles } from './files.ts'
import { mergeChanges } from './merge.ts'
import { beginPending } from './pending.ts'
import { sweep } from './sweep.ts'
import type { TableLayout } from './table-layout.ts'
import type { CommitSummary, RowChange } from './types.ts'
import { createVersion, forgetOldVersions, pointTo, readVersion, refresh, type TableVersion } from './versions.ts'

/** A commit that is done: the version it made, and what it added. */
export interface Committed {
  readonly version: TableVersion
  readonly summary: CommitSummary
}

/** How often a commit is repeated on top of another writer's before it fails. */
const MAX_ATTEMPTS = 20
const MAX_WAIT_MS = 50
/** JavaScript's exact numbers end at 2^53, and `randomInt` takes a range below 2^48. */
const MAX_SNAPSHOT_ID = 2 ** 48 - 1

/**
 * Commits changes: rows, deleted keys, manifests and the manifest list are written first, under names that no reader knows;
 * the next version of the metadata then makes all of it visible at once. A failure before that does not change the table. If
 * another writer takes the version's number first, the list is written again on top of that writer's snapshot. The next commit
 * removes what a killed process left behind.
 * https://iceberg.apache.org/spec/#optimistic-concurrency
 */
export async function commitChanges(
  disk: Disk,
  layout: TableLayout,
  { known, changes }: { readonly known: TableVersion; readonly changes: readonly RowChange[] },
): Promise<Committed> {
  await sweep(disk, layout.folder)
  const pending = beginPending(disk, layout.folder)
  const writer = createFileWriter(disk, layout, pending)
  const merged = mergeChanges(changes, { keys: layout.declaration.uniqueKeys, partitions: layout.partitions })
  const planned = planFiles(layout, merged, pending.id)
  const snapshotId = randomInt(1, MAX_SNAPSHOT_ID)
  try {
    await pending.note(planned.map(({ name }) => `data/${name}`))
    const files = await writeFiles(writer, layout, planned)
    const attempt = { disk, layout, writer, pending, files, snapshotId, manifests: new Map(), written: { count: 0 } }
    const built = await addVersion(attempt, known)
    await settle({ disk, layout, writer, pending }, built)
    const { version } = built
    const summary = { snapshotId, version: version.number, addedRows: merged.rows.length, addedFiles: files.length }
    return { version, summary }
  } catch (error) {
    if (error instanceof UnknownOutcome) {
      // Do not remove files that may be committed: the next commit checks them.
      await pending.end('unknown')
      throw error.cause
    }
    await writer.removeAllBut(new Set())
    await pending.end('settled')
    throw error
  }
}

/** A creation of a version that failed, but may have happened. */
class UnknownOutcome extends Error {}

async function addVersion(attempt: Attempt, known: TableVersion): Promise<BuiltVersion> {
  const { disk, layout } = attempt
  let base = known
  for (let count = 0; count < MAX_ATTEMPTS; count++) {
    if (count > 0) await sleep(Math.random() * MAX_WAIT_MS)
    base = await refresh(disk, layout.folder, base)
    checkTable(layout, base)
    const built = await buildVersion(attempt, base)
    await attempt.pending.ensureNoted()
    if (await createOrLearn(attempt, built.version)) return built
  }
  const reason = `other writers were faster ${MAX_ATTEMPTS} times; let one process write a table`
  throw new IcebergRouterError('WarehouseUnavailable', `cannot commit to ${layout.folder}: ${reason}`)
}

/**
 * Creates a version. If the disk reports a failure, checks whether the file exists anyway: a sync may fail after the file is
 * visible, and a commit that is reported as failed would be sent again.
 */
async function createOrLearn({ disk, layout, pending, snapshotId }: Attempt, version: TableVersion): Promise<boolean> {
  try {
    return await createVersion(disk, layout.folder, { version, temporary: pending.temporary() })
  } catch (error) {
    const created = await readVersion(disk, layout.folder, version.number).catch(() => 'unknown' as const)
    if (created === 'unknown') throw new UnknownOutcome('it is not known whether the commit happened', { cause: error })
    if (created?.metadata['current-snapshot-id'] === snapshotId) return true
    throw error
  }
}

/** The commit has happened. If the hint cannot be written or a file not removed, the next commit does it. */
async function settle(
  { disk, layout, writer, pending }: Pick<Attempt, 'disk' | 'layout' | 'writer' | 'pending'>,
  { version, before, kept, superfluous }: BuiltVersion,
): Promise<void> {
  try {
    await pointTo(disk, layout.folder, version.number, pending.temporary())
    await forgetOldVersions(disk, layout.folder, { before, after: version.metadata })
    await writer.removeAllBut(kept)
    for (const path of superfluous) await disk.remove(path)
    await pending.end('settled')
  } catch {
    await pending.end('unknown')
  }
}

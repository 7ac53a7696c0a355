import { basename, join } from 'node:path'
import { compactManifests } from './compact-manifests.ts'
import type { Disk } from './disk.ts'
import { expiredSnapshots, withoutSnapshots } from './expire.ts'
import type { FileWriter } from './file-writer.ts'
import { toCounted, type WrittenFile, writeManifests } from './files.ts'
import { type ManifestFile, type NewManifest, toManifestFile, writeManifestList } from './manifest-list.ts'
import type { Pending } from './pending.ts'
import { readManifests, referredMetadata } from './references.ts'
import { shapeKey, shapeOf } from './shape.ts'
import { summarise } from './summary.ts'
import type { TableLayout } from './table-layout.ts'
import { addSnapshot, currentSnapshot, type Snapshot, type SnapshotId, type TableMetadata } from './table-metadata.ts'
import { newVersion, type TableVersion } from './versions.ts'

/** What all attempts of one commit use. */
export interface Attempt {
  readonly disk: Disk
  readonly layout: TableLayout
  readonly writer: FileWriter
  readonly pending: Pending
  readonly files: readonly WrittenFile[]
  readonly snapshotId: number
  /** The manifests of the files, by the shape of the table that they were written for. */
  readonly manifests: Map<string, readonly NewManifest[]>
  /** Counts lists and manifests, whose names need numbers. */
  readonly written: { count: number }
}

/** A version that can be created, and what is to be removed once it is. */
export interface BuiltVersion {
  readonly version: TableVersion
  /** The metadata that it follows. */
  readonly before: TableMetadata
  /** The names of the files that its snapshot refers to. */
  readonly kept: ReadonlySet<string>
  /** The paths of lists and manifests that no snapshot refers to any more. */
  readonly superfluous: readonly string[]
}

/** Builds the version that follows another, with one more snapshot. */
export async function buildVersion(attempt: Attempt, base: TableVersion): Promise<BuiltVersion> {
  const { layout, pending, files, snapshotId } = attempt
  const parent = currentSnapshot(base.metadata)
  const owner = {
    snapshotId,
    parentId: parent?.['snapshot-id'],
    sequenceNumber: base.metadata['last-sequence-number'] + 1,
  }
  const manifests = await listManifests(attempt, base.metadata, owner)
  const list = await writeList(attempt, manifests, owner)
  const snapshot = toSnapshot(attempt, base.metadata, { list, sequenceNumber: owner.sequenceNumber, parent })
  const expired = expiredSnapshots(base.metadata)
  const remaining = withoutSnapshots(base.metadata, expired)
  const uris = [...files.map(({ uri }) => uri), list, ...manifests.map(({ manifest_path }) => manifest_path)]
  const kept = new Set(uris.map((uri) => basename(uri)))
  const superfluous = await findSuperfluous(attempt, { expired, remaining, kept })
  if (superfluous.length > 0) await pending.note(superfluous)
  const metadata = addSnapshot(remaining, snapshot, `${layout.location}/metadata/${base.file}`)
  const paths = superfluous.map((path) => join(layout.folder, path))
  return { version: newVersion(base.number + 1, metadata), before: base.metadata, kept, superfluous: paths }
}

/** The owner of a new manifest list. */
interface Owner {
  readonly snapshotId: number
  readonly parentId: SnapshotId | undefined
  readonly sequenceNumber: number
}

async function listManifests(
  attempt: Attempt,
  metadata: TableMetadata,
  owner: Owner,
): Promise<readonly ManifestFile[]> {
  const { disk, layout, writer, snapshotId } = attempt
  const shape = shapeOf(layout, metadata)
  const nextName = createNamer(attempt)
  const known = attempt.manifests.get(shapeKey(shape))
  const added = known ?? (await writeManifests(writer, attempt.files, { shape, snapshotId, nextName }))
  attempt.manifests.set(shapeKey(shape), added)
  const earlier = await readManifests(disk, layout.folder, currentSnapshot(metadata))
  const { sequenceNumber } = owner
  const compaction = { disk, folder: layout.folder, writer, shape, snapshotId, sequenceNumber, nextName }
  const compacted = await compactManifests(earlier, compaction)
  return [...added.map((manifest) => toManifestFile(manifest, owner)), ...compacted]
}

/** Names manifests so that they can be recognised as ours and of this commit. */
function createNamer({ pending, written }: Attempt): () => string {
  return () => `${pending.id}-router-m${written.count++}.avro`
}

async function writeList(attempt: Attempt, manifests: readonly ManifestFile[], owner: Owner): Promise<string> {
  const { writer, pending, snapshotId, written } = attempt
  const name = `snap-${snapshotId}-${written.count++}-${pending.id}.avro`
  return writer.write('metadata', name, await writeManifestList(manifests, owner))
}

function toSnapshot(
  { snapshotId, files }: Attempt,
  metadata: TableMetadata,
  made: { readonly list: string; readonly sequenceNumber: number; readonly parent: Snapshot | undefined },
): Snapshot {
  const parentId = made.parent?.['snapshot-id']
  return {
    'snapshot-id': snapshotId,
    ...(parentId === undefined ? {} : { 'parent-snapshot-id': parentId }),
    'sequence-number': made.sequenceNumber,
    // Later than the last even if the clock was set back, because readers use the order of the log.
    'timestamp-ms': Math.max(Date.now(), metadata['last-updated-ms'] + 1),
    'manifest-list': made.list,
    summary: summarise(files.map(toCounted), made.parent?.summary),
    'schema-id': metadata['current-schema-id'],
  }
}

/** The lists and manifests that only expired snapshots refer to, by their paths below the folder of the table. */
async function findSuperfluous(
  { disk, layout }: Attempt,
  { expired, remaining, kept }: { expired: readonly Snapshot[]; remaining: TableMetadata; kept: ReadonlySet<string> },
): Promise<readonly string[]> {
  if (expired.length === 0) return []
  const before = await referredMetadata(disk, layout.folder, expired)
  const after = await referredMetadata(disk, layout.folder, remaining.snapshots)
  return [...before].filter((name) => !after.has(name) && !kept.has(name)).map((name) => `metadata/${name}`)
}

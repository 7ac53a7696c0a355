import { basename, join } from 'node:path'
import { readAvro } from './avro.ts'
import type { Disk } from './disk.ts'
import type { FileWriter } from './file-writer.ts'
import { type FileContent, writeEntries } from './manifest.ts'
import type { ManifestFile } from './manifest-list.ts'
import { type ManifestEntry, manifestEntrySchema } from './manifest-schema.ts'
import { mergeSummaries } from './partition-summary.ts'
import type { TableShape } from './shape.ts'

/** How many manifests of about the same size become one. */
export const MERGED_MANIFESTS = 16
/** Names of manifests that this package wrote; others' may have fields that would be lost. */
const OWN_MANIFEST = /-router-m\d+\.avro$/
/** The status of an entry that an earlier snapshot added. https://iceberg.apache.org/spec/#manifest-entry-fields */
const EXISTING = 0

/** What compacting needs besides the manifests. */
export interface Compaction {
  readonly disk: Disk
  readonly folder: string
  readonly writer: FileWriter
  readonly shape: TableShape
  readonly snapshotId: number
  readonly sequenceNumber: number
  readonly nextName: () => string
}

/**
 * Merges manifests, so that a list does not get longer with every commit: 16 manifests of up to 15 files become one, also 16
 * manifests of up to 255 files, and so on. Their files and sequence numbers do not change.
 */
export async function compactManifests(
  manifests: readonly ManifestFile[],
  compaction: Compaction,
): Promise<readonly ManifestFile[]> {
  for (const group of groupBySize(manifests, compaction.shape)) {
    if (group.length < MERGED_MANIFESTS) continue
    const merged = await merge(group, compaction)
    if (merged !== undefined) return [...manifests.filter((manifest) => !group.includes(manifest)), merged]
  }
  return manifests
}

/** Our manifests of the current partition spec, by content and by the power of 16 that their number of files reaches. */
function groupBySize(manifests: readonly ManifestFile[], { spec }: TableShape): readonly (readonly ManifestFile[])[] {
  const groups = new Map<string, ManifestFile[]>()
  for (const manifest of manifests) {
    const { manifest_path, partition_spec_id, content, deleted_files_count } = manifest
    if (!OWN_MANIFEST.test(manifest_path) || partition_spec_id !== spec['spec-id'] || deleted_files_count > 0) continue
    const files = manifest.added_files_count + manifest.existing_files_count
    const key = `${content} ${Math.floor(Math.log(Math.max(1, files)) / Math.log(MERGED_MANIFESTS))}`
    groups.set(key, [...(groups.get(key) ?? []), manifest])
  }
  return [...groups.values()]
}

async function merge(group: readonly ManifestFile[], compaction: Compaction): Promise<ManifestFile | undefined> {
  const entries: ManifestEntry[] = []
  for (const manifest of group) {
    const read = await readOwn(manifest, compaction)
    if (read === undefined) return undefined
    entries.push(...read)
  }
  const content: FileContent = group[0]?.content === 0 ? 'data' : 'deletes'
  const bytes = await writeEntries(entries, compaction.shape, content)
  const uri = await compaction.writer.write('metadata', compaction.nextName(), bytes)
  return toMerged(group, { uri, sizeBytes: bytes.length, entries, compaction })
}

/** The entries of a manifest as existing ones; undefined if it is not exactly as this package would write it now. */
async function readOwn(
  manifest: ManifestFile,
  { disk, folder, shape }: Compaction,
): Promise<readonly ManifestEntry[] | undefined> {
  const bytes = await disk.read(join(folder, 'metadata', basename(manifest.manifest_path)))
  if (bytes === undefined) return undefined
  const { schema, records } = await readAvro(bytes)
  if (JSON.stringify(schema) !== JSON.stringify(manifestEntrySchema(shape.partitions))) return undefined
  return (records as readonly ManifestEntry[]).map((entry) => ({
    ...entry,
    status: EXISTING,
    snapshot_id: entry.snapshot_id ?? manifest.added_snapshot_id,
    sequence_number: entry.sequence_number ?? manifest.sequence_number,
    file_sequence_number: entry.file_sequence_number ?? manifest.sequence_number,
  }))
}

function toMerged(
  group: readonly ManifestFile[],
  made: { uri: string; sizeBytes: number; entries: readonly ManifestEntry[]; compaction: Compaction },
): ManifestFile {
  const { snapshotId, sequenceNumber, shape } = made.compaction
  return {
    manifest_path: made.uri,
    manifest_length: made.sizeBytes,
    partition_spec_id: shape.spec['spec-id'],
    content: group[0]?.content ?? 0,
    sequence_number: sequenceNumber,
    min_sequence_number: Math.min(...group.map(({ min_sequence_number }) => min_sequence_number)),
    added_snapshot_id: snapshotId,
    added_files_count: 0,
    existing_files_count: made.entries.length,
    deleted_files_count: 0,
    added_rows_count: 0,
    existing_rows_count: made.entries.reduce((sum, { data_file: { record_count } }) => sum + record_count, 0),
    deleted_rows_count: 0,
    partitions: mergeSummaries(
      shape.partitions,
      group.map(({ partitions }) => partitions),
    ),
    key_metadata: null,
  }
}

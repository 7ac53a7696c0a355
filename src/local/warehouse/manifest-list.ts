import { readAvro, writeAvro } from './avro.ts'
import { unreadable } from './failure.ts'
import type { FileContent } from './manifest.ts'
import { MANIFEST_FILE } from './manifest-schema.ts'
import type { FieldSummary } from './partition-summary.ts'

/** An entry of a manifest list, by its Avro names. https://iceberg.apache.org/spec/#manifest-lists */
export interface ManifestFile {
  readonly manifest_path: string
  readonly manifest_length: number
  readonly partition_spec_id: number
  readonly content: number
  readonly sequence_number: number
  readonly min_sequence_number: number
  readonly added_snapshot_id: number
  readonly added_files_count: number
  readonly existing_files_count: number
  readonly deleted_files_count: number
  readonly added_rows_count: number
  readonly existing_rows_count: number
  readonly deleted_rows_count: number
  readonly partitions: readonly FieldSummary[] | null
  readonly key_metadata: null
}

/** A manifest that is written and not yet in any list. */
export interface NewManifest {
  readonly content: FileContent
  readonly uri: string
  readonly sizeBytes: number
  readonly files: number
  /** Rows or keys in all its files. */
  readonly rows: number
  readonly partitions: readonly FieldSummary[] | null
}

/** The snapshot that a list belongs to. */
export interface ListOwner {
  readonly snapshotId: number
  readonly parentId: number | undefined
  readonly sequenceNumber: number
}

/** Enters a new manifest: here its files get their sequence number. */
export function toManifestFile(manifest: NewManifest, { snapshotId, sequenceNumber }: ListOwner): ManifestFile {
  return {
    manifest_path: manifest.uri,
    manifest_length: manifest.sizeBytes,
    partition_spec_id: 0,
    content: manifest.content === 'data' ? 0 : 1,
    sequence_number: sequenceNumber,
    min_sequence_number: sequenceNumber,
    added_snapshot_id: snapshotId,
    added_files_count: manifest.files,
    existing_files_count: 0,
    deleted_files_count: 0,
    added_rows_count: manifest.rows,
    existing_rows_count: 0,
    deleted_rows_count: 0,
    partitions: manifest.partitions,
    key_metadata: null,
  }
}

/** Writes the manifest list of a snapshot. */
export function writeManifestList(manifests: readonly ManifestFile[], owner: ListOwner): Promise<Uint8Array> {
  const metadata = {
    'snapshot-id': String(owner.snapshotId),
    'parent-snapshot-id': String(owner.parentId ?? null),
    'sequence-number': String(owner.sequenceNumber),
    'format-version': '2',
  }
  return writeAvro({ schema: MANIFEST_FILE, metadata, records: manifests })
}

/** Reads a manifest list that this package wrote. */
export async function readManifestList(bytes: Uint8Array, path: string): Promise<readonly ManifestFile[]> {
  try {
    return (await readAvro(bytes)) as ManifestFile[]
  } catch (cause) {
    throw unreadable(path, 'it is no manifest list that this package wrote', cause)
  }
}

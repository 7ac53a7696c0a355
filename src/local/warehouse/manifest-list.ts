import type { Buffer } from 'node:buffer'
import { readAvro, writeAvro } from './avro.ts'
import { unreadable } from './failure.ts'
import type { FileContent } from './manifest.ts'
import { LIST_NAMES, MANIFEST_FILE } from './manifest-schema.ts'
import type { FieldSummary } from './partition-summary.ts'
import type { SnapshotId } from './table-metadata.ts'

/** An entry of a manifest list, by its Avro names. https://iceberg.apache.org/spec/#manifest-lists */
export interface ManifestFile {
  readonly manifest_path: string
  readonly manifest_length: number
  readonly partition_spec_id: number
  readonly content: number
  readonly sequence_number: number
  readonly min_sequence_number: number
  readonly added_snapshot_id: SnapshotId
  readonly added_files_count: number
  readonly existing_files_count: number
  readonly deleted_files_count: number
  readonly added_rows_count: number
  readonly existing_rows_count: number
  readonly deleted_rows_count: number
  readonly partitions: readonly FieldSummary[] | null
  readonly key_metadata: Buffer | null
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
  readonly specId: number
}

/** The snapshot that a list belongs to. */
export interface ListOwner {
  readonly snapshotId: number
  readonly parentId: SnapshotId | undefined
  readonly sequenceNumber: number
}

/** Enters a new manifest: here its files get their sequence number. */
export function toManifestFile(manifest: NewManifest, { snapshotId, sequenceNumber }: ListOwner): ManifestFile {
  return {
    manifest_path: manifest.uri,
    manifest_length: manifest.sizeBytes,
    partition_spec_id: manifest.specId,
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

/** Reads a manifest list of any program; a list with an unknown field is refused, because the field would be lost. */
export async function readManifestList(bytes: Uint8Array, path: string): Promise<readonly ManifestFile[]> {
  try {
    const { records } = await readAvro(bytes, LIST_NAMES)
    return records.map((record) => toKnown(record as { readonly [name: string]: unknown }))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'no reason was given'
    throw unreadable(path, `it is no manifest list that can be read here (${reason})`, cause)
  }
}

function toKnown(record: { readonly [name: string]: unknown }): ManifestFile {
  const names = new Set(Object.values(LIST_NAMES))
  const lost = Object.entries(record).find(([name, value]) => !names.has(name) && value !== null)
  if (lost !== undefined) throw new Error(`the field ${lost[0]} is not known here`)
  const counters = COUNTERS.filter((name) => typeof record[name] !== 'number')
  if (counters.length > 0) throw new Error(`it lacks ${counters.join(', ')}, as tables of format version 1 do`)
  return { partitions: null, key_metadata: null, ...record } as ManifestFile
}

const COUNTERS = [
  'content',
  'sequence_number',
  'min_sequence_number',
  'added_files_count',
  'existing_files_count',
  'deleted_files_count',
  'added_rows_count',
  'existing_rows_count',
  'deleted_rows_count',
] as const

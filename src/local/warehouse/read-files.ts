import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readAvro } from './avro.ts'
import type { Disk } from './disk.ts'
import { unreadable } from './failure.ts'
import { type ManifestFile, readManifestList } from './manifest-list.ts'
import { ENTRY_NAMES, type ManifestEntry } from './manifest-schema.ts'
import { currentSnapshot, type TableMetadata } from './table-metadata.ts'
import type { TableVersion } from './versions.ts'

/** What a reader of rows needs to know about a file of a snapshot. */
export interface SnapshotFile {
  readonly kind: 'data' | 'position-deletes' | 'equality-deletes'
  /** As the manifest writes it: position deletes name data files by it. */
  readonly uri: string
  readonly path: string
  readonly rows: number
  readonly sequenceNumber: number
  /** A string that is the same for the same partition; undefined without partitions: a delete then applies to all rows. */
  readonly partition: string | undefined
  /** The columns of an equality delete, by their ids. */
  readonly equalityIds: readonly number[]
}

const DELETED = 2
const KINDS = ['data', 'position-deletes', 'equality-deletes'] as const

/** The files of the newest snapshot, in the order in which they were committed; none before the first. */
export async function readSnapshotFiles(disk: Disk, folder: string, version: TableVersion): Promise<SnapshotFile[]> {
  const snapshot = currentSnapshot(version.metadata)
  if (snapshot === undefined) return []
  const listPath = join(folder, 'metadata', basename(snapshot['manifest-list']))
  const manifests = await readManifestList(await read(disk, listPath), listPath)
  const files: SnapshotFile[] = []
  for (const manifest of manifests) files.push(...(await readManifest(disk, folder, { manifest, version })))
  // A list begins with the newest files.
  return files.sort((a, b) => a.sequenceNumber - b.sequenceNumber)
}

async function readManifest(
  disk: Disk,
  folder: string,
  { manifest, version: { metadata } }: { readonly manifest: ManifestFile; readonly version: TableVersion },
): Promise<SnapshotFile[]> {
  const path = localPath(manifest.manifest_path, folder, metadata)
  const specId = manifest.partition_spec_id
  const isPartitioned = metadata['partition-specs'].some((spec) => spec['spec-id'] === specId && spec.fields.length > 0)
  const { records } = await readAvro(await read(disk, path), ENTRY_NAMES)
  const entries = records as readonly ManifestEntry[]
  return entries.flatMap(({ status, sequence_number, data_file: file }): SnapshotFile[] => {
    const kind = KINDS[file.content]
    if (status === DELETED || kind === undefined) return []
    return [
      {
        kind,
        uri: file.file_path,
        path: localPath(file.file_path, folder, metadata),
        rows: Number(file.record_count),
        // An entry without a number has that of its manifest. https://iceberg.apache.org/spec/#sequence-number-inheritance
        sequenceNumber: Number(sequence_number ?? manifest.sequence_number),
        partition: isPartitioned ? `${specId}:${print(file.partition)}` : undefined,
        equalityIds: file.equality_ids ?? [],
      },
    ]
  })
}

/** A file below the table's location lies in the table's folder; any other is where its URI says. */
function localPath(uri: string, folder: string, { location }: TableMetadata): string {
  if (uri.startsWith(`${location}/`)) return join(folder, uri.slice(location.length + 1))
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri
}

async function read(disk: Disk, path: string): Promise<Uint8Array> {
  const bytes = await disk.read(path)
  if (bytes === undefined) throw unreadable(path, 'the newest snapshot names it and it is not there')
  return bytes
}

function print(partition: object): string {
  return JSON.stringify(partition, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

import { basename, join } from 'node:path'
import { readAvro } from './avro.ts'
import type { Disk } from './disk.ts'
import { unreadable } from './failure.ts'
import { type ManifestFile, readManifestList } from './manifest-list.ts'
import { ENTRY_NAMES, type ManifestEntry } from './manifest-schema.ts'
import type { Snapshot, TableMetadata } from './table-metadata.ts'

/** The names of all files that any snapshot refers to: lists, manifests, data and delete files. */
export async function referredFiles(disk: Disk, folder: string, metadata: TableMetadata): Promise<ReadonlySet<string>> {
  const referred = await referredMetadata(disk, folder, metadata.snapshots)
  const manifests = [...referred].filter((name) => !isManifestList(metadata, name))
  for (const name of manifests) {
    for (const { data_file: file } of await readEntries(disk, folder, name)) referred.add(basename(file.file_path))
  }
  return referred
}

/** The names of the lists and manifests that snapshots refer to. */
export async function referredMetadata(
  disk: Disk,
  folder: string,
  snapshots: readonly Snapshot[],
): Promise<Set<string>> {
  const names = new Set<string>()
  for (const snapshot of snapshots) {
    names.add(basename(snapshot['manifest-list']))
    for (const { manifest_path } of await readManifests(disk, folder, snapshot)) names.add(basename(manifest_path))
  }
  return names
}

/** The manifests of a snapshot; none without one. */
export async function readManifests(
  disk: Disk,
  folder: string,
  snapshot: Snapshot | undefined,
): Promise<readonly ManifestFile[]> {
  if (snapshot === undefined) return []
  const path = join(folder, 'metadata', basename(snapshot['manifest-list']))
  const bytes = await disk.read(path)
  if (bytes === undefined) throw unreadable(path, 'a snapshot names it and it is not there')
  return readManifestList(bytes, path)
}

async function readEntries(disk: Disk, folder: string, name: string): Promise<readonly ManifestEntry[]> {
  const path = join(folder, 'metadata', name)
  const bytes = await disk.read(path)
  if (bytes === undefined) throw unreadable(path, 'a snapshot names it and it is not there')
  try {
    return (await readAvro(bytes, ENTRY_NAMES)).records as readonly ManifestEntry[]
  } catch (cause) {
    throw unreadable(path, 'it is no manifest that can be read here', cause)
  }
}

function isManifestList({ snapshots }: TableMetadata, name: string): boolean {
  return snapshots.some((snapshot) => basename(snapshot['manifest-list']) === name)
}

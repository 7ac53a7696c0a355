import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Disk } from './disk.ts'
import type { TableLayout } from './layout.ts'
import { type AddedFile, type FileContent, writeManifest } from './manifest.ts'
import type { NewManifest } from './manifest-list.ts'
import type { MergedChanges } from './merge.ts'
import { writeParquet } from './parquet.ts'
import { summarisePartitions } from './partition-summary.ts'
import { type Partition, partitionOf } from './partitions.ts'
import type { CountedFile } from './summary.ts'
import type { StoredRow } from './types.ts'

/** What a commit has put on disk: Parquet files, and the manifests that name them. */
export interface WrittenFiles {
  readonly files: readonly CountedFile[]
  readonly manifests: readonly NewManifest[]
}

/** Writes files of a table and remembers their paths, so that a commit that comes to nothing leaves none behind. */
export interface FileWriter {
  readonly written: string[]
  /** Writes a file into a folder of the table and returns its URI. */
  write(place: 'data' | 'metadata', name: string, bytes: Uint8Array): Promise<string>
  /** Removes what was written, as far as that can be done. */
  undo(): Promise<void>
}

/** The rows of a commit that go into one file. */
interface Group {
  readonly partition: Partition
  readonly rows: StoredRow[]
}

/** Makes the writer of one commit. */
export function createFileWriter(disk: Disk, { folder, location }: TableLayout): FileWriter {
  const written: string[] = []
  return {
    written,
    async write(place, name, bytes) {
      const path = join(folder, place, name)
      // Only a partition has a folder of its own, which may not be there yet.
      if (name.includes('/')) await disk.makeFolder(dirname(path))
      written.push(path)
      await disk.write(path, bytes)
      return `${location}/${place}/${name}`
    },
    async undo() {
      // Files that no snapshot names harm nobody, and the failure that led here is the one to tell.
      await Promise.allSettled(written.splice(0).map((path) => disk.remove(path)))
    },
  }
}

/** Writes the rows and the deleted keys of a commit: a Parquet file for each partition, a manifest for each of the two. */
export async function writeFiles(
  writer: FileWriter,
  layout: TableLayout,
  changes: MergedChanges & { readonly snapshotId: number },
): Promise<WrittenFiles> {
  const files: CountedFile[] = []
  const manifests: NewManifest[] = []
  for (const content of ['data', 'deletes'] as const) {
    const groups = groupByPartition(layout, content === 'data' ? changes.rows : changes.deletedKeys)
    if (groups.length === 0) continue
    const added: AddedFile[] = []
    for (const group of groups) added.push(await writeGroup(writer, layout, { ...group, content }))
    files.push(...added.map((file) => toCounted(file, content)))
    manifests.push(await writeOwnManifest(writer, layout, { added, content, snapshotId: changes.snapshotId }))
  }
  return { files, manifests }
}

function groupByPartition({ partitions }: TableLayout, rows: readonly StoredRow[]): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const partition = partitionOf(partitions, row)
    const group = groups.get(partition.key)
    if (group === undefined) groups.set(partition.key, { partition, rows: [row] })
    else group.rows.push(row)
  }
  return [...groups.values()]
}

async function writeGroup(
  writer: FileWriter,
  layout: TableLayout,
  { partition, rows, content }: Group & { readonly content: FileContent },
): Promise<AddedFile> {
  const file = await writeParquet(content === 'data' ? layout.columns : layout.keyColumns, rows)
  const name = `${randomUUID()}${content === 'data' ? '' : '-deletes'}.parquet`
  const uri = await writer.write('data', partition.folder === '' ? name : `${partition.folder}/${name}`, file.bytes)
  return { uri, file, partition }
}

function toCounted({ file, partition }: AddedFile, content: FileContent): CountedFile {
  return { content, rows: file.rows, sizeBytes: file.bytes.length, partition: partition.key }
}

async function writeOwnManifest(
  writer: FileWriter,
  layout: TableLayout,
  {
    added,
    content,
    snapshotId,
  }: { readonly added: readonly AddedFile[]; readonly content: FileContent; readonly snapshotId: number },
): Promise<NewManifest> {
  const bytes = await writeManifest(added, layout, { content, snapshotId })
  const uri = await writer.write('metadata', `${randomUUID()}-m0.avro`, bytes)
  const rows = added.reduce((sum, { file }) => sum + file.rows, 0)
  const partitions = summarisePartitions(
    layout.partitions,
    added.map(({ partition }) => partition),
  )
  return { content, uri, sizeBytes: bytes.length, files: added.length, rows, partitions }
}

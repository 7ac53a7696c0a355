import type { FileWriter } from './file-writer.ts'
import { type AddedFile, type FileContent, writeManifest } from './manifest.ts'
import type { NewManifest } from './manifest-list.ts'
import type { MergedChanges } from './merge.ts'
import { writeParquet } from './parquet.ts'
import { summarisePartitions } from './partition-summary.ts'
import { type Partition, partitionOf } from './partitions.ts'
import type { TableShape } from './shape.ts'
import type { CountedFile } from './summary.ts'
import type { TableLayout } from './table-layout.ts'
import type { StoredRow } from './types.ts'

/** A Parquet file that a commit is to write: the rows, or the deleted keys, of one partition. */
export interface PlannedFile {
  readonly content: FileContent
  readonly partition: Partition
  readonly rows: readonly StoredRow[]
  /** The path below the folder `data`. */
  readonly name: string
}

/** A Parquet file that a commit has written. */
export interface WrittenFile extends AddedFile {
  readonly content: FileContent
}

/** Plans the files of a commit, one for each partition and content; the commit's id is in all their names. */
export function planFiles(layout: TableLayout, changes: MergedChanges, commitId: string): readonly PlannedFile[] {
  const plan = (content: FileContent, rows: readonly StoredRow[]) =>
    groupByPartition(layout, rows).map((group, index) => {
      const name = `${commitId}-${index}${content === 'data' ? '' : '-deletes'}.parquet`
      const { folder } = group.partition
      return { content, ...group, name: folder === '' ? name : `${folder}/${name}` }
    })
  return [...plan('data', changes.rows), ...plan('deletes', changes.deletedKeys)]
}

/** The rows of a commit that go into one file. */
interface Group {
  readonly partition: Partition
  readonly rows: StoredRow[]
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

/** Writes the planned files. */
export async function writeFiles(
  writer: FileWriter,
  layout: TableLayout,
  planned: readonly PlannedFile[],
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = []
  for (const { content, partition, rows, name } of planned) {
    const file = await writeParquet(content === 'data' ? layout.columns : layout.keyColumns, rows)
    written.push({ content, file, partition, uri: await writer.write('data', name, file.bytes) })
  }
  return written
}

/** What the summary of a snapshot counts of a file. */
export function toCounted({ content, file, partition }: WrittenFile): CountedFile {
  return { content, rows: file.rows, sizeBytes: file.bytes.length, partition: partition.key }
}

/** Writes a manifest for the data files of a commit, and one for its delete files. */
export async function writeManifests(
  writer: FileWriter,
  files: readonly WrittenFile[],
  { shape, snapshotId, nextName }: { shape: TableShape; snapshotId: number; nextName: () => string },
): Promise<readonly NewManifest[]> {
  const manifests: NewManifest[] = []
  for (const content of ['data', 'deletes'] as const) {
    const added = files.filter((file) => file.content === content)
    if (added.length === 0) continue
    const bytes = await writeManifest(added, shape, { content, snapshotId })
    const uri = await writer.write('metadata', nextName(), bytes)
    const rows = added.reduce((sum, { file }) => sum + file.rows, 0)
    const partitions = summarisePartitions(
      shape.partitions,
      added.map(({ partition }) => partition),
    )
    manifests.push({
      content,
      uri,
      sizeBytes: bytes.length,
      files: added.length,
      rows,
      partitions,
      specId: shape.spec['spec-id'],
    })
  }
  return manifests
}

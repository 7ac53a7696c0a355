import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Disk } from './disk.ts'
import type { TableLayout } from './layout.ts'
import { type AddedFile, type FileContent, writeManifest } from './manifest.ts'
import type { NewManifest } from './manifest-list.ts'
import type { MergedChanges } from './merge.ts'
import { writeParquet } from './parquet.ts'
import type { CountedFile } from './summary.ts'

/** A Parquet file that is on disk, with the manifest that names it. */
export interface WrittenFile extends CountedFile {
  readonly manifest: NewManifest
}

/** Writes files of a table and remembers their paths, so that a commit that comes to nothing leaves none behind. */
export interface FileWriter {
  readonly written: string[]
  /** Writes a file into a folder of the table and returns its URI. */
  write(place: 'data' | 'metadata', name: string, bytes: Uint8Array): Promise<string>
  /** Removes what was written, as far as that can be done. */
  undo(): Promise<void>
}

/** Makes the writer of one commit. */
export function createFileWriter(disk: Disk, { folder, location }: TableLayout): FileWriter {
  const written: string[] = []
  return {
    written,
    async write(place, name, bytes) {
      const path = join(folder, place, name)
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

/** Writes the rows and the deleted keys of a commit, each as a Parquet file with a manifest of its own. */
export async function writeFiles(
  writer: FileWriter,
  layout: TableLayout,
  changes: MergedChanges & { readonly snapshotId: number },
): Promise<readonly WrittenFile[]> {
  const files: WrittenFile[] = []
  for (const content of ['data', 'deletes'] as const) {
    const rows = content === 'data' ? changes.rows : changes.deletedKeys
    if (rows.length === 0) continue
    const columns = content === 'data' ? layout.columns : layout.keyColumns
    const file = await writeParquet(columns, rows)
    const uri = await writer.write('data', dataName(content), file.bytes)
    const equalityIds = content === 'data' ? [] : columns.map(({ id }) => id)
    const manifest = await writeOwnManifest(writer, { content, uri, file, equalityIds }, { ...layout, ...changes })
    files.push({ content, rows: rows.length, sizeBytes: file.bytes.length, manifest })
  }
  return files
}

async function writeOwnManifest(
  writer: FileWriter,
  added: AddedFile,
  { schema, snapshotId }: Pick<TableLayout, 'schema'> & { readonly snapshotId: number },
): Promise<NewManifest> {
  const bytes = await writeManifest(added, schema, snapshotId)
  const uri = await writer.write('metadata', `${randomUUID()}-m0.avro`, bytes)
  return { content: added.content, uri, sizeBytes: bytes.length, rows: added.file.rows }
}

function dataName(content: FileContent): string {
  return `${randomUUID()}${content === 'data' ? '' : '-deletes'}.parquet`
}

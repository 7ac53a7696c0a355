import { basename, dirname, join } from 'node:path'
import type { Disk } from './disk.ts'
import type { Pending } from './pending.ts'
import type { TableLayout } from './table-layout.ts'

/** Writes files of a commit and remembers their paths, so that one that fails leaves none behind. */
export interface FileWriter {
  /** Writes a file into a folder of the table and returns its URI. */
  write(place: 'data' | 'metadata', name: string, bytes: Uint8Array): Promise<string>
  /** Removes the written files that are not among the names to keep, as far as possible. */
  removeAllBut(kept: ReadonlySet<string>): Promise<void>
}

/** Makes the writer of one commit. */
export function createFileWriter(disk: Disk, { folder, location }: TableLayout, pending: Pending): FileWriter {
  const written: string[] = []
  return {
    async write(place, name, bytes) {
      const path = join(folder, place, name)
      // Only a partition has a separate folder, which may not exist yet.
      if (name.includes('/')) await disk.makeFolder(dirname(path))
      written.push(path)
      await disk.write(path, bytes, pending.temporary())
      return `${location}/${place}/${name}`
    },
    async removeAllBut(kept) {
      const superfluous = written.filter((path) => !kept.has(basename(path)))
      // Files without a snapshot do no harm. Report the earlier failure, not this one.
      await Promise.allSettled(superfluous.map((path) => disk.remove(path)))
    },
  }
}

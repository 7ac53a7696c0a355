import { posix } from 'node:path'
import type { Disk } from '../../../../src/local/warehouse/disk.ts'

/** A disk in memory, for properties that need a fresh one a thousand times. */
export interface MemoryDisk extends Disk {
  readonly files: ReadonlyMap<string, Uint8Array>
}

export function createMemoryDisk(): MemoryDisk {
  const files = new Map<string, Uint8Array>()
  return {
    files,
    read: async (path) => files.get(path),
    write: async (path, bytes) => {
      files.set(path, bytes)
    },
    create: async (path, bytes) => {
      if (files.has(path)) return false
      files.set(path, bytes)
      return true
    },
    list: async (folder) =>
      [...files.keys()].filter((path) => posix.dirname(path) === folder).map((path) => posix.basename(path)),
    makeFolder: async () => undefined,
    remove: async (path) => {
      files.delete(path)
    },
  }
}

import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { IcebergRouterError } from '../../error.ts'
import type { Disk } from './disk.ts'
import { beginOwned, endOwned } from './owner.ts'

/** The folder in which running commits note what they write; hidden from readers, who skip names that begin with a dot. */
export const PENDING = 'metadata/.pending'

/**
 * The note of a running commit: the files that it may leave behind if its process is killed. Without it, finding them would mean
 * reading every file of the table. The names of all its files contain its id.
 */
export interface Pending {
  readonly id: string
  /** Notes files, by their paths below the folder of the table, before they are written or become superfluous. */
  note(files: readonly string[]): Promise<void>
  /** A path for the bytes of an unfinished file. */
  temporary(): string
  /** Throws if another process assumed that this commit had ended, and removed its files. */
  ensureNoted(): Promise<void>
  /** Ends the commit, and removes the note unless the next commit has to check its files. */
  end(outcome: 'settled' | 'unknown'): Promise<void>
}

/** Begins the note of a commit. */
export function beginPending(disk: Disk, folder: string): Pending {
  const id = randomUUID()
  const name = beginOwned(id)
  const path = join(folder, PENDING, `${name}.json`)
  let count = 0
  let noted: readonly string[] | undefined
  const temporary = () => join(folder, PENDING, `${name}-${count++}.tmp`)
  return {
    id,
    temporary,
    async note(files) {
      noted = [...(noted ?? []), ...files]
      await disk.write(path, Buffer.from(JSON.stringify(noted), 'utf8'), temporary())
    },
    async ensureNoted() {
      if (noted === undefined || (await disk.read(path)) !== undefined) return
      const reason = 'it took more than a day, and another process has removed what it wrote'
      throw new IcebergRouterError('WarehouseUnavailable', `cannot commit to ${folder}: ${reason}; try again`)
    },
    async end(outcome) {
      endOwned(name)
      // It is only a note: the next commit reads it.
      if (outcome === 'settled' && noted !== undefined) await disk.remove(path).catch(() => undefined)
    },
  }
}

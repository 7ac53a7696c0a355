import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Disk } from './disk.ts'

/** The real disk, through `node:fs`. Files appear by renaming or linking a finished and synced temporary file. */
export const nodeDisk: Disk = {
  read: (path) => readFile(path).catch(orWhenMissing(undefined)),
  write: (path, bytes, temporary) => appear({ path, bytes, temporary }, rename),
  create: (path, bytes, temporary) =>
    appear({ path, bytes, temporary }, link).then(
      () => true,
      (error: unknown) => {
        if (codeOf(error) === 'EEXIST') return false
        throw error
      },
    ),
  list: (folder) => readdir(folder).catch(orWhenMissing([])),
  makeFolder,
  remove: (path) => rm(path, { force: true }),
}

/** The code of an operating system's error, such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

/** A file that appears at its path as a whole. */
interface NewFile {
  readonly path: string
  readonly bytes: Uint8Array
  readonly temporary: string | undefined
}

async function appear({ path, bytes, temporary: given }: NewFile, place: typeof rename): Promise<void> {
  const folder = dirname(path)
  // Not named after the file: a name of 255 bytes has no room for more.
  const temporary = given ?? join(folder, `.${randomUUID()}.tmp`)
  try {
    await writeSynced(temporary, bytes)
    await place(temporary, path)
  } finally {
    // After a rename the temporary name does not exist; after a link or a failure it does.
    await rm(temporary, { force: true }).catch(() => undefined)
  }
  await syncFolder(folder)
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) await syncFolder(dirname(folder))
}

/** Syncs a folder, so that its names survive a power cut. Windows cannot open folders, and some file systems cannot sync them. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  if (folder === undefined) return
  try {
    await folder.sync().catch((error: unknown) => {
      if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EBADF'].includes(codeOf(error) ?? '')) throw error
    })
  } finally {
    await folder.close()
  }
}

function orWhenMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (codeOf(error) === 'ENOENT') return value
    throw error
  }
}

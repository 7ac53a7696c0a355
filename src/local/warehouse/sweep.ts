import { Buffer } from 'node:buffer'
import { basename, join } from 'node:path'
import type { Disk } from './disk.ts'
import { type OwnerState, ownedName, ownerState } from './owner.ts'
import { PENDING } from './pending.ts'
import { referredFiles } from './references.ts'
import { loadLatest } from './versions.ts'

/**
 * Removes what killed commits of this warehouse left behind: files that they noted and that no snapshot refers to. Never fails:
 * if something cannot be read now, the next commit tries again.
 */
export async function sweep(disk: Disk, folder: string): Promise<void> {
  try {
    const names = await disk.list(join(folder, PENDING))
    const owned = new Set(names.flatMap((name) => ownedName(name) ?? []))
    for (const name of owned) {
      const state = ownerState(name)
      const files = names.filter((file) => file.startsWith(name))
      if (state !== 'running') await sweepOne(disk, folder, { name, files, state })
    }
  } catch {
    return
  }
}

/** A commit whose process has ended. */
interface DeadCommit {
  readonly name: string
  /** The files in the pending folder that are its own. */
  readonly files: readonly string[]
  readonly state: OwnerState
}

async function sweepOne(disk: Disk, folder: string, { name, files, state }: DeadCommit): Promise<void> {
  const note = join(folder, PENDING, `${name}.json`)
  const leftOver = await findLeftOver(disk, folder, note)
  // A commit that may still run finds its note gone, and gives up before it makes its version.
  if (state === 'overdue') await disk.remove(note)
  for (const path of leftOver) await disk.remove(join(folder, path))
  for (const file of files) if (file.endsWith('.tmp')) await disk.remove(join(folder, PENDING, file))
  await disk.remove(note)
}

async function findLeftOver(disk: Disk, folder: string, note: string): Promise<readonly string[]> {
  const bytes = await disk.read(note)
  if (bytes === undefined) return []
  const noted = JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly string[]
  const id = basename(note, '.json').split('.').at(-1) ?? ''
  const inMetadata = (await disk.list(join(folder, 'metadata'))).filter((name) => name.includes(id))
  const candidates = [...noted, ...inMetadata.map((name) => `metadata/${name}`)]
  const latest = await loadLatest(disk, folder)
  // Without a table no file is referred to. But then something else is wrong, so nothing is removed.
  if (latest === undefined) return []
  const referred = await referredFiles(disk, folder, latest.metadata)
  return candidates.filter((path) => !referred.has(basename(path)))
}

import { existsSync, renameSync, writeFileSync } from 'node:fs'
import type { IdLock } from '../artefacts/id-lock.ts'
import { IcebergRouterError } from '../error.ts'
import { readJsonFile } from './read-json.ts'

/**
 * Reads a lock file; undefined if there is none yet.
 *
 * @throws IcebergRouterError `InvalidOptions` if it is something else
 */
export function readLock(path: string): IdLock | undefined {
  if (!existsSync(path)) return undefined
  const json = readJsonFile(path)
  if (isLock(json)) return json
  throw new IcebergRouterError(
    'InvalidOptions',
    `${path}: expected a lock file of version 1, as --lock writes it, got other JSON; name another file`,
  )
}

/** Writes a lock file, whole or not at all. */
export function writeLock(path: string, lock: IdLock): void {
  const temporary = `${path}.tmp`
  writeFileSync(temporary, `${JSON.stringify(lock, undefined, 2)}\n`)
  renameSync(temporary, path)
}

function isLock(json: unknown): json is IdLock {
  const { version, tables } = (json ?? {}) as Partial<IdLock>
  if (version !== 1 || typeof tables !== 'object' || tables === null) return false
  return Object.values(tables).every((table) => {
    const { lastColumnId, schema, partitionFields } = (table ?? {}) as Partial<typeof table>
    return Number.isInteger(lastColumnId) && Array.isArray(schema?.fields) && Array.isArray(partitionFields)
  })
}

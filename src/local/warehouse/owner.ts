import { createHash } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { threadId } from 'node:worker_threads'
import { codeOf } from './node-disk.ts'

/** The process that made a file, in the file's name: `<host>.<pid>.<thread>.<milliseconds since 1970>.<uuid>`. */
const OWNED = /^([0-9a-f]{12})\.(\d+)\.(\d+)\.(\d+)\.[0-9a-f-]{36}/
/** A commit takes seconds. After this time its process has ended, although another process may have its id. */
const MAX_AGE_MS = 24 * 3_600_000

/** The commits under way in this process, shared by the ESM and the CommonJS copy of this package. */
const LIVE = Symbol.for('firehose-iceberg-router.commits')
const shared = globalThis as { [LIVE]?: Set<string> }
shared[LIVE] ??= new Set<string>()
const live: Set<string> = shared[LIVE]

const host = createHash('sha256').update(`${hostname()} ${pidNamespace()}`).digest('hex').slice(0, 12)

/** Whether the process that made a file still runs; `overdue` if that cannot be known, and a day has passed. */
export type OwnerState = 'running' | 'gone' | 'overdue'

/** Makes the name of a commit of this process, which runs until {@link endOwned}. */
export function beginOwned(uuid: string): string {
  const name = `${host}.${process.pid}.${threadId}.${Date.now()}.${uuid}`
  live.add(name)
  return name
}

/** Marks a commit of this process as ended. */
export function endOwned(name: string): void {
  live.delete(name)
}

/** The owned name that a file's name begins with; undefined for any other file. */
export function ownedName(file: string): string | undefined {
  return OWNED.exec(file)?.[0]
}

/** Finds out whether the process behind an owned name still runs. */
export function ownerState(name: string): OwnerState {
  const [, theirHost, pid, thread, startedAtMs] = OWNED.exec(name) ?? []
  const isOld = Date.now() - Number(startedAtMs) > MAX_AGE_MS
  const unknown = isOld ? 'overdue' : 'running'
  if (theirHost !== host) return unknown
  if (Number(pid) !== process.pid) return isRunning(Number(pid)) ? unknown : 'gone'
  if (Number(thread) !== threadId) return unknown
  return live.has(name) ? 'running' : 'gone'
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** Containers may share a host name and still number their processes differently. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

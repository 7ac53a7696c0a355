import { IcebergRouterError } from '../../error.ts'
import type { Disk } from './disk.ts'
import { codeOf } from './node-disk.ts'

/** What the operating system's codes mean, and what to do. */
const CAUSES: { readonly [code: string]: string } = {
  EACCES: 'permission was denied; give this user write permission, or choose another folder',
  EPERM: 'the operation is not permitted; choose a folder of this user, on a file system with hard links',
  EROFS: 'the file system is read-only; choose another folder',
  ENOSPC: 'the disk is full; free some space and try again, nothing that was committed is lost',
  EDQUOT: 'the quota is used up; free some space and try again, nothing that was committed is lost',
  EIO: 'the disk reported an input/output error; check the disk before you continue',
  ENOTDIR: 'a part of the path is a file, not a folder; move it away, or choose another folder',
  EEXIST: 'a file has the name of this folder; move it away, or choose another folder',
  EISDIR: 'a folder has the name of this file; move it away, or choose another folder',
  ENAMETOOLONG: 'the path is too long; choose a shorter folder',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  EFBIG: 'the file would be larger than this process may write; raise the limit (ulimit -f)',
  ENOTSUP: 'the file system has no hard links, which commits need; choose a folder on another one',
  ENOENT: 'the folder does not exist any more; create it again, or choose another folder',
}

/** Makes the error for an operation of the disk that failed. */
export function unavailable(path: string, doing: string, cause: unknown): IcebergRouterError {
  const code = codeOf(cause)
  const known = code === undefined ? undefined : CAUSES[code]
  const reason = known ?? (cause instanceof Error ? cause.message : 'no reason was given')
  const suffix = code === undefined ? '' : ` (${code})`
  return new IcebergRouterError('WarehouseUnavailable', `cannot ${doing} ${path}: ${reason}${suffix}`, { cause })
}

/** Makes the error for a file of the warehouse that cannot be used. The table may have data, so the user should remove nothing. */
export function unreadable(path: string, what: string, cause?: unknown): IcebergRouterError {
  const remedy = 'restore the file, or keep the table as it is and deliver into another folder'
  return new IcebergRouterError('WarehouseUnavailable', `cannot use ${path}: ${what}; ${remedy}`, { cause })
}

/** A disk whose errors say where and why in words, with the original error as `cause`. */
export function explainFailures(disk: Disk): Disk {
  const explain = (path: string, doing: string) => (cause: unknown) => {
    throw unavailable(path, doing, cause)
  }
  return {
    read: (path) => disk.read(path).catch(explain(path, 'read')),
    write: (path, bytes, temporary) => disk.write(path, bytes, temporary).catch(explain(path, 'write')),
    create: (path, bytes, temporary) => disk.create(path, bytes, temporary).catch(explain(path, 'write')),
    list: (folder) => disk.list(folder).catch(explain(folder, 'list')),
    makeFolder: (path) => disk.makeFolder(path).catch(explain(path, 'make the folder')),
    remove: (path) => disk.remove(path).catch(explain(path, 'remove')),
  }
}

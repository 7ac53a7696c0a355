import { dirname, join } from 'node:path'
import type { Disk } from '../../../../src/local/warehouse/disk.ts'

/**
 * How a disk fails at an operation: before it did anything, after it did everything, or half-way, which leaves part of a
 * file under a temporary name.
 */
export type Failure = 'before' | 'after' | 'half-way'

export const FAILURES: readonly Failure[] = ['before', 'after', 'half-way']

export interface FailingDisk extends Disk {
  /** How many operations there have been. */
  readonly operations: () => number
}

/** A file that may be cut off, under its temporary name. */
interface Half {
  readonly bytes: Uint8Array
  readonly temporary: string | undefined
}

/** A disk that fails at its n-th operation (from 0), and where `forGood`, as after a crash, at all that follow. */
export function createFailingDisk(
  inner: Disk,
  plan: { readonly at: number; readonly failure: Failure; readonly forGood: boolean; readonly code?: string },
): FailingDisk {
  let count = 0
  const run = async <Result>(path: string, work: () => Promise<Result>, half?: Half): Promise<Result> => {
    const place = count++
    if (place < plan.at || (place > plan.at && !plan.forGood)) return work()
    if (place === plan.at && plan.failure === 'after') await work()
    if (place === plan.at && plan.failure === 'half-way' && half !== undefined) {
      const { bytes, temporary = join(dirname(path), '.half.tmp') } = half
      await inner.write(temporary, bytes.subarray(0, bytes.length / 2))
    }
    throw Object.assign(new Error(`planned failure at ${path}`), { code: plan.code ?? 'EIO' })
  }
  return {
    operations: () => count,
    read: (path) => run(path, () => inner.read(path)),
    write: (path, bytes, temporary) => run(path, () => inner.write(path, bytes, temporary), { bytes, temporary }),
    create: (path, bytes, temporary) => run(path, () => inner.create(path, bytes, temporary), { bytes, temporary }),
    list: (folder) => run(folder, () => inner.list(folder)),
    makeFolder: (path) => run(path, () => inner.makeFolder(path)),
    remove: (path) => run(path, () => inner.remove(path)),
  }
}

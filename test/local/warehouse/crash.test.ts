import { describe, expect, test } from 'vitest'
import type { Disk } from '../../../src/local/warehouse/disk.ts'
import { nodeDisk } from '../../../src/local/warehouse/node-disk.ts'
import type { RowChange } from '../../../src/local/warehouse/types.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { readTable } from '../../support/icebird.ts'
import { allRuns } from '../../support/runs.ts'
import { createFailingDisk, FAILURES } from './support/failing-disk.ts'
import { createMemoryDisk } from './support/memory-disk.ts'
import { change, people, temporaryFolder } from './support/tables.ts'

const FIRST: readonly RowChange[] = [change('insert', { id: 'a', age: 1 }), change('insert', { id: 'b', age: 2 })]
const SECOND: readonly RowChange[] = [change('update', { id: 'a', age: 9 }), change('insert', { id: 'c', age: 3 })]
const BEFORE = ['a1', 'b2']
const AFTER = ['a9', 'b2', 'c3']
/** More than any commit has. */
const MAX_OPERATIONS = 60

interface Place {
  readonly folder: string
  readonly disk: Disk
}

const disks: [string, () => Promise<Place>][] = [
  ['a disk in memory', async () => ({ folder: '/warehouse', disk: createMemoryDisk() })],
  ['the real disk', async () => ({ folder: await temporaryFolder(), disk: nodeDisk })],
]

async function rowsOf({ folder, disk }: Place): Promise<string[]> {
  const rows = await readTable(`${folder}/db/people`, disk)
  return rows.map(({ id, age }) => `${id}${age}`).sort()
}

async function commit(place: Place, changes: readonly RowChange[]): Promise<'done' | 'failed'> {
  return createWarehouse(place)
    .openTable('db', people)
    .then((table) => table.commit(changes))
    .then(
      () => 'done' as const,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'WarehouseUnavailable', cause: expect.any(Error) })
        return 'failed' as const
      },
    )
}

// Every crash again on the real disk is for `npm run test:random`.
describe.each(disks.slice(0, allRuns ? 2 : 1))('on %s', (_, createPlace) => {
  describe.each(FAILURES)('a crash %s an operation', (failure) => {
    test('leaves the last commit readable, and the next run goes on from there', async () => {
      for (let at = 0; ; at++) {
        expect(at).toBeLessThan(MAX_OPERATIONS)
        const place = await createPlace()
        await commit(place, FIRST)
        const crashing = createFailingDisk(place.disk, { at, failure, forGood: true })
        const outcome = await commit({ ...place, disk: crashing }, SECOND)

        expect([BEFORE, AFTER]).toContainEqual(await rowsOf(place))
        const table = await createWarehouse(place).openTable('db', people)
        const recovered = await rowsOf(place)
        // What was told to be committed is; what was cut off is there or not, as a whole.
        if (outcome === 'done') expect(recovered).toEqual(AFTER)
        else expect([BEFORE, AFTER]).toContainEqual(recovered)
        await table.commit([change('insert', { id: 'd', age: 4 })])
        expect(await rowsOf(place)).toEqual([...recovered, 'd4'])
        if (crashing.operations() <= at) return
      }
    })

    test('in the middle of making a table leaves one that can be opened', async () => {
      for (let at = 0; ; at++) {
        expect(at).toBeLessThan(MAX_OPERATIONS)
        const place = await createPlace()
        const crashing = createFailingDisk(place.disk, { at, failure, forGood: true })
        await commit({ ...place, disk: crashing }, [])
        expect(await commit(place, FIRST)).toBe('done')
        expect(await rowsOf(place)).toEqual(BEFORE)
        if (crashing.operations() <= at) return
      }
    })
  })

  describe.each(FAILURES)('one failure %s an operation', (failure) => {
    test('is either told, and then nothing was committed, or overcome: a retry makes no duplicates', async () => {
      for (let at = 0; ; at++) {
        expect(at).toBeLessThan(MAX_OPERATIONS)
        const place = await createPlace()
        await commit(place, FIRST)
        const failing = createFailingDisk(place.disk, { at, failure, forGood: false, code: 'ENOSPC' })
        const table = await createWarehouse(place).openTable('db', people)
        const outcome = await commit({ ...place, disk: failing }, SECOND)
        if (outcome === 'failed') await table.commit(SECOND)
        await createWarehouse(place).openTable('db', people)
        expect(await rowsOf(place)).toEqual(AFTER)
        if (failing.operations() <= at) return
      }
    })
  })
})

test('a commit that failed leaves no files behind', async () => {
  const disk = createMemoryDisk()
  const place = { folder: '/warehouse', disk }
  await commit(place, FIRST)
  const files = [...disk.files.keys()]
  for (let at = 0; at < MAX_OPERATIONS; at++) {
    const failing = createFailingDisk(disk, { at, failure: 'before', forGood: false, code: 'ENOSPC' })
    if ((await commit({ ...place, disk: failing }, SECOND)) === 'done') break
    expect([...disk.files.keys()]).toEqual(files)
  }
})

test('a commit that may have happened keeps its files, and is there when the disk is back', async () => {
  const disk = createMemoryDisk()
  const place = { folder: '/warehouse', disk }
  await commit(place, FIRST)
  const table = await createWarehouse(place).openTable('db', people)
  const { create, read } = disk
  const broken = () => Promise.reject(Object.assign(new Error('unplugged'), { code: 'EIO' }))
  disk.create = async (path, bytes) => {
    await create(path, bytes)
    disk.read = broken
    return broken()
  }
  await expect(table.commit(SECOND)).rejects.toMatchObject({ code: 'WarehouseUnavailable' })
  Object.assign(disk, { create, read })
  await createWarehouse(place).openTable('db', people)
  expect(await rowsOf(place)).toEqual(AFTER)
})

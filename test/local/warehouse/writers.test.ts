import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../src/local/warehouse/node-disk.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { readTable } from '../../support/icebird.ts'
import { runs } from '../../support/runs.ts'
import { createMemoryDisk, type MemoryDisk } from './support/memory-disk.ts'
import { change, log, people, temporaryFolder } from './support/tables.ts'

const lines = async (folder: string, disk = nodeDisk): Promise<unknown[]> => {
  return (await readTable(folder, disk)).map(({ line }) => line).sort()
}

describe('several writers of one table', () => {
  test('lose no row on the real disk', async () => {
    const folder = await temporaryFolder()
    const tables = await Promise.all([1, 2, 3].map(() => createWarehouse({ folder }).openTable('db', log)))
    const names = Array.from({ length: 30 }, (_, index) => `line ${index}`)
    await Promise.all(names.map((line, index) => tables[index % tables.length]?.commit([change('insert', { line })])))
    expect(await lines(`${folder}/db/log`)).toEqual([...names].sort())
    const reopened = await createWarehouse({ folder }).openTable('db', log)
    expect(reopened.state()).toMatchObject({ version: 31, rows: 30, files: 30 })
  })

  test('get versions and sequence numbers one after the other', async () => {
    const disk = createMemoryDisk()
    const tables = await Promise.all([1, 2].map(() => createWarehouse({ folder: '/w', disk }).openTable('db', log)))
    const made = await Promise.all(tables.map((table) => table.commit([change('insert', { line: 'a' })])))
    expect(made.map(({ version }) => version).sort()).toEqual([2, 3])
    const { snapshots } = JSON.parse(text(disk, '/w/db/log/metadata/v3.metadata.json'))
    expect(snapshots.map((snapshot: Record<string, unknown>) => snapshot['sequence-number'])).toEqual([1, 2])
    expect(snapshots[1]['parent-snapshot-id']).toBe(snapshots[0]['snapshot-id'])
  })

  test('leave the hint at the last version, whoever writes it last', async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const inner = createMemoryDisk()
      const opened = await createWarehouse({ folder: '/w', disk: inner }).openTable('db', people)
      const disk = {
        ...inner,
        write: scheduler.scheduleFunction(inner.write),
        create: scheduler.scheduleFunction(inner.create),
      }
      const tables = await Promise.all(
        [1, 2, 3].map(() => createWarehouse({ folder: '/w', disk }).openTable('db', people)),
      )
      const commits = tables.map((table, age) => table.commit([change('update', { id: 'a', age })]))
      await scheduler.waitFor(Promise.all(commits))
      expect(text(inner, '/w/db/people/metadata/version-hint.text')).toBe('4')
      // All three deleted each other's row but for the last.
      expect(await readTable(opened.state().folder, inner)).toHaveLength(1)
    })
    await fc.assert(property, { numRuns: runs(50) })
  }, 120_000)
})

test('commits of one table are taken one after the other', async () => {
  const disk = createMemoryDisk()
  const table = await createWarehouse({ folder: '/w', disk }).openTable('db', people)
  const ages = [1, 2, 3, 4, 5]
  const commits = await Promise.all(ages.map((age) => table.commit([change('update', { id: 'a', age })])))
  expect(commits.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6])
  expect(await readTable(table.state().folder, disk)).toEqual([{ id: 'a', age: 5 }])
})

function text(disk: MemoryDisk, path: string): string {
  return new TextDecoder().decode(disk.files.get(path))
}

import { describe, expect, test } from 'vitest'
import type { Disk } from '../../../src/local/warehouse/disk.ts'
import { readManifests, referredFiles } from '../../../src/local/warehouse/references.ts'
import { currentSnapshot, type TableMetadata } from '../../../src/local/warehouse/table-metadata.ts'
import { loadLatest } from '../../../src/local/warehouse/versions.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { bucket } from '../../../src/table/partition.ts'
import { defineTable, type Table } from '../../../src/table/table.ts'
import { int } from '../../../src/table/types/int.ts'
import { string } from '../../../src/table/types/string.ts'
import { readStored } from '../../support/icebird.ts'
import { createMemoryDisk } from './support/memory-disk.ts'
import { change } from './support/tables.ts'

const table: Table = defineTable({
  name: 'counts',
  columns: { id: string(), part: int(), n: int() },
  uniqueKeys: ['id'],
  partitionBy: [bucket(4, 'part')],
})

/** What a commit moves, which does not depend on the speed of the machine. */
function createCountingDisk(inner: Disk): Disk & { readonly count: { operations: number; bytes: number } } {
  const count = { operations: 0, bytes: 0 }
  const note = (bytes: number): void => {
    count.operations++
    count.bytes += bytes
  }
  return {
    ...inner,
    count,
    read: async (path) => {
      const bytes = await inner.read(path)
      note(bytes?.length ?? 0)
      return bytes
    },
    write: (path, bytes) => {
      note(bytes.length)
      return inner.write(path, bytes)
    },
    create: (path, bytes) => {
      note(bytes.length)
      return inner.create(path, bytes)
    },
    list: async (folder) => {
      const names = await inner.list(folder)
      note(names.join('').length)
      return names
    },
  }
}

async function latest(disk: Disk): Promise<TableMetadata> {
  const version = await loadLatest(disk, '/w/db/counts')
  if (version === undefined) throw new Error('the table has gone')
  return version.metadata
}

describe('many commits', () => {
  test('cost the same each, after 2,000 as after 300, and every row is there', async () => {
    const memory = createMemoryDisk()
    const disk = createCountingDisk(memory)
    const opened = await createWarehouse({ folder: '/w', disk }).openTable('db', table)
    const spent: { operations: number; bytes: number }[] = []
    for (let n = 0; n < 2_000; n++) {
      const id = String(n % 20)
      await opened.commit([change('update', { id, part: n % 20, n })])
      if (n % 100 === 99) spent.push({ ...disk.count })
    }
    const during = (from: number, to: number, what: 'operations' | 'bytes') => {
      return (spent[to]?.[what] ?? 0) - (spent[from]?.[what] ?? 0)
    }
    // 300 commits each, of which the last three hundred merge and expire as the first do.
    expect(during(16, 19, 'operations')).toBeLessThan(during(2, 5, 'operations') * 1.3)
    expect(during(16, 19, 'bytes')).toBeLessThan(during(2, 5, 'bytes') * 1.6)

    const rows = await readStored('/w/db/counts', memory)
    expect(rows.map(({ n }) => n).sort()).toEqual(Array.from({ length: 20 }, (_, index) => 1_980 + index))
    const metadata = await latest(memory)
    expect(metadata.snapshots.length).toBeLessThanOrEqual(200)
    expect((await readManifests(memory, '/w/db/counts', currentSnapshot(metadata))).length).toBeLessThan(150)
    // Nothing is left over and nothing is missing: what every remaining snapshot refers to is there.
    const referred = await referredFiles(memory, '/w/db/counts', metadata)
    const names = [...memory.files.keys()].map((path) => path.split('/').at(-1) ?? '')
    expect([...referred].filter((name) => !names.includes(name))).toEqual([])
    const avro = names.filter((name) => name.endsWith('.avro'))
    expect(avro.filter((name) => !referred.has(name))).toEqual([])
  }, 240_000)

  test.each<[string, (metadata: TableMetadata) => TableMetadata, number]>([
    ['by nothing: the older hundred go', (metadata) => metadata, 101],
    ['if the table is not to be cleaned', (metadata) => ({ ...metadata, properties: { 'gc.enabled': 'false' } }), 201],
    [
      'if the table keeps more',
      (metadata) => ({ ...metadata, properties: { 'history.expire.min-snapshots-to-keep': '150' } }),
      151,
    ],
    [
      'if main keeps them for a week',
      (metadata) => {
        const main = metadata.refs?.['main'] ?? { 'snapshot-id': 1, type: 'branch' }
        return { ...metadata, refs: { main: { ...main, 'max-snapshot-age-ms': 604_800_000 } } }
      },
      201,
    ],
    [
      'if a tag leads to them',
      (metadata) => {
        const old = metadata.snapshots[49]?.['snapshot-id'] ?? 0
        return { ...metadata, refs: { ...metadata.refs, old: { 'snapshot-id': old, type: 'tag' } } }
      },
      151,
    ],
    [
      'if another program made them',
      (metadata) => ({
        ...metadata,
        snapshots: metadata.snapshots.map((snapshot, index) =>
          index === 3 ? { ...snapshot, summary: { operation: 'append' } } : snapshot,
        ),
      }),
      102,
    ],
    [
      'if there are statistics of them',
      (metadata) => ({ ...metadata, statistics: [{ 'snapshot-id': metadata.snapshots[3]?.['snapshot-id'] ?? 0 }] }),
      102,
    ],
  ])(
    'keep old snapshots %s',
    async (_, change_, expected) => {
      const disk = createMemoryDisk()
      const warehouse = createWarehouse({ folder: '/w', disk })
      const opened = await warehouse.openTable('db', table)
      for (let n = 0; n < 200; n++) await opened.commit([change('insert', { id: String(n), part: n, n })])
      const path = '/w/db/counts/metadata/v201.metadata.json'
      const changed = change_(JSON.parse(new TextDecoder().decode(disk.files.get(path))))
      await disk.write(path, new TextEncoder().encode(JSON.stringify(changed)))
      const reopened = await warehouse.openTable('db', table)
      await reopened.commit([change('insert', { id: 'last', part: 1, n: 1 })])
      const metadata = await latest(disk)
      expect(metadata.snapshots).toHaveLength(expected)
      const known = new Set(metadata.snapshots.map((snapshot) => snapshot['snapshot-id']))
      expect(metadata['snapshot-log'].every((entry) => known.has(entry['snapshot-id']))).toBe(true)
      expect(await readStored('/w/db/counts', disk)).toHaveLength(201)
      await referredFiles(disk, '/w/db/counts', metadata)
    },
    60_000,
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/firehose/response.ts'
import type { Disk } from '../../../src/local/warehouse/disk.ts'
import { nodeDisk } from '../../../src/local/warehouse/node-disk.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { nullable } from '../../../src/table/column.ts'
import { defineTable, type Table } from '../../../src/table/table.ts'
import { date } from '../../../src/table/types/date.ts'
import { int } from '../../../src/table/types/int.ts'
import { long } from '../../../src/table/types/long.ts'
import { string } from '../../../src/table/types/string.ts'
import { timestamp } from '../../../src/table/types/timestamp.ts'
import { readStored, readTable } from '../../support/icebird.ts'
import { runs } from '../../support/runs.ts'
import { createMemoryDisk } from './support/memory-disk.ts'
import { checked, temporaryFolder } from './support/tables.ts'

interface Change {
  readonly operation: Operation
  readonly row: { readonly id: string; readonly part: string; readonly value: number | null }
}

const anyChange: fc.Arbitrary<Change> = fc.record({
  operation: fc.constantFrom('insert', 'update', 'delete'),
  row: fc.record({
    id: fc.constantFrom('a', 'b', 'é'),
    part: fc.constantFrom('9007199254740993', '9007199254740992'),
    value: fc.option(fc.nat(99)),
  }),
})

/** A list of commits, after each of which the table is opened again where the flag says so. */
const history = fc.array(fc.tuple(fc.array(anyChange, { maxLength: 5 }), fc.boolean()), { minLength: 1, maxLength: 5 })

const columns = { id: string(), part: long(), value: nullable(int()) }
const oneKey = defineTable({ name: 'one_key', columns, uniqueKeys: ['id'] })
const twoKeys = defineTable({ name: 'two_keys', columns, uniqueKeys: ['part', 'id'] })

/** What Firehose promises of a table: insert appends, update upserts, delete takes away, all by key. */
class Model {
  readonly rows = new Map<string, Change['row'][]>()
  readonly keys: readonly string[]

  constructor(keys: readonly string[]) {
    this.keys = keys
  }

  apply({ operation, row }: Change): void {
    const key = JSON.stringify(this.keys.map((name) => row[name as keyof typeof row]))
    if (operation === 'delete') this.rows.delete(key)
    else if (operation === 'update') this.rows.set(key, [row])
    else this.rows.set(key, [...(this.rows.get(key) ?? []), row])
  }
}

const byLine = (rows: readonly object[]): string[] => {
  return rows
    .map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
    .sort()
}

async function replay(
  table: Table,
  commits: readonly (readonly [Change[], boolean])[],
  place: { folder: string; disk: Disk },
) {
  const model = new Model(table.uniqueKeys)
  let open = await createWarehouse(place).openTable('db', table)
  for (const [changes, reopen] of commits) {
    await open.commit(changes.map(({ operation, row }) => checked(open, row, operation)))
    for (const change of changes) model.apply(change)
    expect(byLine(await readTable(open.state().folder, place.disk))).toEqual(byLine([...model.rows.values()].flat()))
    if (reopen) open = await createWarehouse(place).openTable('db', table)
  }
}

describe.each([oneKey, twoKeys])('inserts, updates and deletes do what Firehose does: $name', (table) => {
  test('on a disk in memory, 1,000 times', async () => {
    const property = fc.asyncProperty(history, async (commits) => {
      await replay(table, commits, { folder: '/warehouse', disk: createMemoryDisk() })
    })
    await fc.assert(property, { numRuns: runs(1_000) })
  }, 240_000)

  test('on the real disk, 25 times', async () => {
    const root = await temporaryFolder()
    let count = 0
    const property = fc.asyncProperty(history, async (commits) => {
      await replay(table, commits, { folder: `${root}/${count++}`, disk: nodeDisk })
    })
    await fc.assert(property, { numRuns: runs(25) })
  }, 120_000)
})

test('a key may be of any type that has one, times included', async () => {
  const table = defineTable({
    name: 'keys',
    columns: { day: date(), at: timestamp(), id: long(), value: int() },
    uniqueKeys: ['day', 'at', 'id'],
  })
  const disk = createMemoryDisk()
  const open = await createWarehouse({ folder: '/warehouse', disk }).openTable('db', table)
  const row = { day: '1969-12-31', at: '1969-12-31T23:59:59.999999Z', id: '-9223372036854775808', value: 1 }
  await open.commit([checked(open, row), checked(open, { ...row, at: '1969-12-31T23:59:59.999998Z' })])
  await open.commit([checked(open, { ...row, value: 2 }, 'update')])
  const values = (await readStored(open.state().folder, disk)).map(({ at, value }) => [at, value])
  expect(values.sort()).toEqual([
    [-1n, 2],
    [-2n, 1],
  ])
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Disk } from '../../../src/local/warehouse/disk.ts'
import { nodeDisk } from '../../../src/local/warehouse/node-disk.ts'
import type { RowChange, WarehouseTable } from '../../../src/local/warehouse/types.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { createRowEncoder } from '../../../src/table/encoder.ts'
import { readStored, readTable } from '../../support/icebird.ts'
import { runs } from '../../support/runs.ts'
import { rowOfEveryType, storedValue } from './support/arbitraries.ts'
import { createMemoryDisk } from './support/memory-disk.ts'
import { everyType, temporaryFolder } from './support/tables.ts'

const encode = createRowEncoder(everyType)

/** The way of a row through the emulator: what the router encodes is what the warehouse checks. */
function throughTheWire(table: WarehouseTable, row: Record<string, unknown>): RowChange {
  const text = encode(row, 'insert')
  if (typeof text !== 'string') throw new Error(`${text.path.join('.')}: ${text.message}`)
  const { row: stored, rejection } = table.check(text, 'insert')
  if (stored === undefined) throw new Error(rejection.errorMessage)
  return { operation: 'insert', row: stored }
}

function asStored(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, storedValue(name, value)]))
}

/** What icebird makes of stored values: times in whole milliseconds. */
function asIcebird(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(asStored(row)).map(([name, value]) => {
    if (value !== null && name.endsWith('day')) return [name, new Date(Number(value) * 86_400_000)]
    return [name, typeof value === 'bigint' && !/id$|big$/.test(name) ? new Date(Number(value / 1000n)) : value]
  })
  return Object.fromEntries(entries)
}

const byLine = (rows: readonly object[]): string[] => {
  const print = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)
  return rows.map((row) => JSON.stringify(row, print)).sort()
}

const commits = fc.array(fc.array(rowOfEveryType, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 })

async function checkRoundTrip(
  rowsByCommit: readonly Record<string, unknown>[][],
  place: { folder: string; disk: Disk },
) {
  const table = await createWarehouse(place).openTable('db', everyType)
  for (const rows of rowsByCommit) await table.commit(rows.map((row) => throughTheWire(table, row)))
  const { folder, rows: count } = table.state()
  const rows = rowsByCommit.flat()
  expect(byLine(await readStored(folder, place.disk))).toEqual(byLine(rows.map(asStored)))
  expect(byLine(await readTable(folder, place.disk))).toEqual(byLine(rows.map(asIcebird)))
  expect(count).toBe(rows.length)
}

describe('rows of every type, in several commits, come back as they went in', () => {
  test('on a disk in memory, 1,000 times', async () => {
    const property = fc.asyncProperty(commits, async (rows) => {
      await checkRoundTrip(rows, { folder: '/warehouse', disk: createMemoryDisk() })
    })
    await fc.assert(property, { numRuns: runs(1_000) })
  }, 240_000)

  test('on the real disk, 40 times', async () => {
    const root = await temporaryFolder()
    let count = 0
    const property = fc.asyncProperty(commits, async (rows) => {
      await checkRoundTrip(rows, { folder: `${root}/${count++}`, disk: nodeDisk })
    })
    await fc.assert(property, { numRuns: runs(40) })
  }, 120_000)

  test('in the thousands, over several row groups', async () => {
    const disk = createMemoryDisk()
    const [row] = fc.sample(rowOfEveryType, 1)
    const rows = Array.from({ length: 2_500 }, (_, index) => ({ ...row, id: BigInt(index) }))
    await checkRoundTrip([rows], { folder: '/warehouse', disk })
  })
})

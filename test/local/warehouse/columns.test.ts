import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { createRowEncoder } from '../../../src/table/encoder.ts'
import { defineTable, type Table } from '../../../src/table/table.ts'
import { isMisread } from '../../../src/testing/engine.ts'
import { readStored, readTable } from '../../support/icebird.ts'
import { runs } from '../../support/runs.ts'
import { anyKind, type Kind, leafKinds, type Sample } from '../../table/support/kinds.ts'
import { asIcebird, canonical } from './support/canonical.ts'
import { createMemoryDisk } from './support/memory-disk.ts'

interface Case {
  readonly kinds: readonly Kind[]
  readonly rows: readonly (readonly Sample[])[]
}

/** A table of some columns with some rows. */
function cases(kind: fc.Arbitrary<Kind>): fc.Arbitrary<Case> {
  return fc.array(kind, { minLength: 1, maxLength: 3 }).chain((kinds) => {
    const row = fc.tuple(...kinds.map(({ samples }) => samples))
    return fc.array(row, { minLength: 1, maxLength: 4 }).map((rows) => ({ kinds, rows }))
  })
}

function tableOf({ kinds }: Case): Table {
  return defineTable({
    name: 't',
    columns: Object.fromEntries(kinds.map(({ column }, index) => [`c${index}`, column])),
  })
}

/** The way of rows: encoded as the router does, checked as the emulator does, committed, and read by another program. */
async function roundTrip(given: Case): Promise<void> {
  const [table, disk] = [tableOf(given), createMemoryDisk()]
  const open = await createWarehouse({ folder: '/w', disk }).openTable('db', table)
  const encode = createRowEncoder(table)
  const texts = given.rows.map((samples) => {
    return String(encode(Object.fromEntries(samples.map(({ input }, index) => [`c${index}`, input])), 'insert'))
  })
  // hyparquet, which reads here, makes a map an object, and loses its key __proto__; some runtimes misread others.
  fc.pre(!texts.some((text) => text.includes('"__proto__"') || isMisread(text)))
  const changes = texts.map((text) => {
    const { row, rejection } = open.check(text, 'insert')
    if (row === undefined) throw new Error(rejection.errorMessage)
    return { operation: 'insert' as const, row }
  })
  await open.commit(changes)
  const [stored, shown] = [await readStored('/w/db/t', disk), await readTable('/w/db/t', disk)]
  for (const [place, samples] of given.rows.entries()) {
    for (const [index, { stored: expected }] of samples.entries()) {
      const { column } = given.kinds[index] as Kind
      expect(canonical(column, stored[place]?.[`c${index}`])).toEqual(canonical(column, expected))
      expect(asIcebird(column.type, shown[place]?.[`c${index}`])).toEqual(asIcebird(column.type, expected))
    }
  }
}

describe('rows come back equal, through the encoder, the emulator, Parquet and icebird', () => {
  test.each(Object.entries(leafKinds))('%s', async (_, kind) => {
    await fc.assert(fc.asyncProperty(cases(kind), roundTrip), { numRuns: runs(100) })
  })

  test('of any type, nested', async () => {
    await fc.assert(fc.asyncProperty(cases(anyKind(3)), roundTrip), { numRuns: runs(1_000) })
  }, 120_000)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCloudFormation } from '../../src/artefacts/cloudformation.ts'
import { lockIds } from '../../src/artefacts/id-lock.ts'
import { bucket, day, identity } from '../../src/table/partition.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { string } from '../../src/table/types/string.ts'
import { timestamptz } from '../../src/table/types/timestamp.ts'
import { columnsNamed } from '../support/arbitrary-columns.ts'
import { runs } from '../support/runs.ts'
import { createTable, idsByPath, tableInput, updateTable } from './cloudformation-update.ts'

/** Names of columns: few, so that two tables have some in common. */
const names = fc.stringMatching(/^[a-e][ab]?$/)
const columns = columnsNamed(names)

const options = { database: 'shop', location: ({ name }: { name: string }) => `s3://bucket/shop/${name}/` }
const partitions = fc.subarray([day('at_time'), bucket(4, 'key_name'), identity('key_name')])

/** A version of one table; few names, so that two versions have columns in common. */
const versions: fc.Arbitrary<Table> = fc
  .record({ own: fc.dictionary(names, columns, { maxKeys: 6, noNullPrototype: true }), partitionBy: partitions })
  .map(({ own, partitionBy }) => {
    const all = { ...own, key_name: string(), at_time: timestamptz() }
    return defineTable({ name: 't', columns: all, uniqueKeys: ['key_name'], partitionBy })
  })

const propertiesOf = (table: Table, lock: ReturnType<typeof lockIds>): { readonly [name: string]: unknown } => {
  return toCloudFormation([table], { ...options, lock }).Resources['TTable']?.Properties ?? {}
}

describe('the update law of CloudFormation', () => {
  it('any declaration after any other leaves an Iceberg table with the same ids for the same columns', () => {
    fc.assert(
      fc.property(fc.array(versions, { minLength: 2, maxLength: 4 }), ([first, ...later]) => {
        if (first === undefined) return
        let lock = lockIds([first])
        let table = createTable(propertiesOf(first, lock))
        const everUsed = new Map<number, string>(swap(idsByPath(table.schemas[0] ?? { Fields: [] })))
        for (const version of later) {
          const before = idsByPath(table.schemas.at(-1) ?? { Fields: [] })
          lock = lockIds([version], lock)
          table = updateTable(table, propertiesOf(version, lock))
          expect(table.Parameters).toMatchObject({ table_type: 'ICEBERG' })
          expect(table.Parameters['metadata_location']).toBeDefined()
          const after = idsByPath(table.schemas.at(-1) ?? { Fields: [] })
          for (const [path, id] of after) {
            // The same column has the same id; a new one has an id that no column ever had.
            if (before.has(path)) expect(id).toBe(before.get(path))
            else expect(everUsed.has(id)).toBe(false)
            everUsed.set(id, path)
          }
          expect(new Set(after.values()).size).toBe(after.size)
          const key = after.get('key_name')
          expect(tableInput(propertiesOf(version, lock)).Schema.IdentifierFieldIds).toEqual([key])
        }
      }),
      { numRuns: runs(500) },
    )
  })

  it('a partition field keeps its id, and one that comes back has the id that it had', () => {
    fc.assert(
      fc.property(fc.array(versions, { minLength: 2, maxLength: 5 }), (history) => {
        const ids = new Map<string, number>()
        let lock: ReturnType<typeof lockIds> | undefined
        for (const version of history) {
          lock = lockIds([version], lock)
          const fields = tableInput(propertiesOf(version, lock)).PartitionSpec?.Fields ?? []
          for (const { SourceId, Transform, FieldId } of fields) {
            const field = `${Transform}(${SourceId})`
            if (ids.has(field)) expect(FieldId).toBe(ids.get(field))
            else expect([...ids.values()]).not.toContain(FieldId)
            ids.set(field, FieldId)
          }
          expect(fields).toHaveLength(version.partitionBy.length)
        }
      }),
      { numRuns: runs(500) },
    )
  })

  it('is told by a model in which the shape with TableInput fails', () => {
    const flat = { DatabaseName: 'shop', TableInput: { Name: 't' }, OpenTableFormatInput: { IcebergInput: {} } }
    const table = createTable(flat)
    expect(table.Parameters).toMatchObject({ table_type: 'ICEBERG' })
    expect(updateTable(table, flat).Parameters).toEqual({})
  })
})

function swap(ids: ReadonlyMap<string, number>): [number, string][] {
  return [...ids].map(([path, id]) => [id, path])
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toGlueStorageDescriptor } from '../../src/artefacts/glue.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { compareTable } from '../../src/drift/compare.ts'
import { readGlueTables } from '../../src/drift/read-glue.ts'
import { readIcebergMetadata } from '../../src/drift/read-metadata.ts'
import { isIcebergRouterError } from '../../src/error.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { string } from '../../src/table/types/string.ts'
import { columnsNamed } from '../support/arbitrary-columns.ts'
import { runs } from '../support/runs.ts'

const names = fc.stringMatching(/^[a-z][a-z0-9_]{0,4}$/)

const columns = columnsNamed(names)

const tables: fc.Arbitrary<Table> = fc
  .dictionary(names, columns, { minKeys: 1, maxKeys: 6, noNullPrototype: true })
  .map((columns) => defineTable({ name: 't', columns }))

const glueOf = (table: Table): unknown => ({
  TableList: [
    {
      Name: table.name,
      Parameters: { table_type: 'ICEBERG', metadata_location: 's3://bucket/t/metadata/0.metadata.json' },
      StorageDescriptor: toGlueStorageDescriptor(table, { location: 's3://bucket/t/' }),
    },
  ],
})

const metadataOf = (table: Table): unknown => ({
  'format-version': 2,
  'current-schema-id': 0,
  schemas: [toIcebergSchema(table)],
  'default-spec-id': 0,
  'partition-specs': [toIcebergPartitionSpec(table)],
})

const severities = (declared: Table, found: Parameters<typeof compareTable>[1]): string[] => {
  return compareTable(declared, found).map(({ severity }) => severity)
}

describe('laws of drift', () => {
  it('a table does not differ from what is derived from it', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(compareTable(table, readIcebergMetadata(metadataOf(table), 't', undefined))).toEqual([])
        for (const found of readGlueTables(glueOf(table))) expect(severities(table, found)).not.toContain('breaking')
      }),
      { numRuns: runs(1000) },
    )
  })

  it('two tables that differ in names, types or nullability are found different', () => {
    // Field ids and the order of columns differ too, which nobody has to care for.
    const meaning = ({ columns }: Table): string =>
      JSON.stringify(Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1)))
    fc.assert(
      fc.property(tables, tables, (one, other) => {
        fc.pre(meaning(one) !== meaning(other))
        const there = compareTable(one, readIcebergMetadata(metadataOf(other), 't', undefined))
        const back = compareTable(other, readIcebergMetadata(metadataOf(one), 't', undefined))
        expect(there.length + back.length).toBeGreaterThan(0)
      }),
      { numRuns: runs(1000) },
    )
  })

  it('a reader fails only with its documented error, whatever the JSON', () => {
    const declared = defineTable({ name: 't', columns: { c: string() } })
    const shaped = fc.record(
      {
        Table: fc.record({ Name: fc.string(), Parameters: fc.jsonValue(), StorageDescriptor: fc.jsonValue() }),
        'format-version': fc.jsonValue(),
        schema: fc.jsonValue(),
        schemas: fc.jsonValue(),
        'partition-specs': fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), shaped), (json) => {
        for (const read of [readGlueTables, (value: unknown) => [readIcebergMetadata(value, 't', undefined)]]) {
          try {
            for (const found of read(json)) compareTable(declared, found)
          } catch (error) {
            expect(isIcebergRouterError(error)).toBe(true)
          }
        }
      }),
      { numRuns: runs(1000) },
    )
  })
})

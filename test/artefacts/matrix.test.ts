import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { s3TablesFields } from '../../examples/ses/terraform-tables.ts'
import { toAthenaDdl } from '../../src/artefacts/athena.ts'
import { toCloudFormation } from '../../src/artefacts/cloudformation.ts'
import { toTerraform } from '../../src/artefacts/terraform.ts'
import type { Column } from '../../src/table/column.ts'
import { defineTable, type Table } from '../../src/table/table.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/tables.md'), 'utf8')
const [, table = ''] = /(\| Column \| Athena .*?)\n\n/s.exec(page) ?? []
const [header = [], , ...rows] = table.split('\n').map((line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim()),
)

const samples: { readonly [name: string]: Column } = {
  string: t.string(),
  boolean: t.boolean(),
  int: t.int(),
  long: t.long(),
  float: t.float(),
  double: t.double(),
  decimal: t.decimal(9, 2),
  date: t.date(),
  timestamp: t.timestamp(),
  binary: t.binary(),
  json: t.json(),
  timestamptz: t.timestamptz(),
  uuid: t.uuid(),
  time: t.time(),
  fixed: t.fixed(4),
  list: t.list(t.string()),
  map: t.map(t.string(), t.string()),
  struct: t.struct({ a: t.string() }),
}

const place = { database: 'shop', location: () => 's3://bucket/t/' }
/** The ways that this package writes. */
const ways: { readonly [way: string]: (table: Table) => unknown } = {
  Athena: (table) => toAthenaDdl(table, { database: 'shop', location: 's3://bucket/t/' }),
  CloudFormation: (table) => toCloudFormation([table], place),
  Terraform: (table) => toTerraform([table], place),
  'S3 Tables: Terraform': s3TablesFields,
}

describe('the matrix at the top of docs/tables.md', () => {
  it('names every column type once', () => {
    const named = rows.flatMap(([cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1]))
    expect(named.sort()).toEqual(Object.keys(samples).sort())
  })

  it.each(Object.keys(ways))('says of %s what it takes', (way) => {
    const column = header.indexOf(way)
    for (const row of rows) {
      for (const [, name = ''] of (row[0] ?? '').matchAll(/`(\w+)`/g)) {
        const write = (): unknown =>
          ways[way]?.(defineTable({ name: 't', columns: { c: samples[name] ?? t.string() } }))
        if (row[column]?.startsWith('yes')) expect(write, `${name} by ${way}`).not.toThrow()
        else expect(write, `${name} by ${way}`).toThrow()
      }
    }
  })
})

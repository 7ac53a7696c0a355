import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineTable, t } from 'firehose-iceberg-router'
import {
  toAthenaDdl,
  toCloudFormation,
  toFirehoseTables,
  toGlueStorageDescriptor,
  toIcebergPartitionSpec,
  toIcebergSchema,
  toTerraform,
} from 'firehose-iceberg-router/artefacts'
import { describe, expect, it } from 'vitest'

const page = readFileSync(join(import.meta.dirname, '../../docs/artefacts.md'), 'utf8')

/** The blocks of one language on the page. */
const blocks = (language: string): string[] => {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map((match) => match[1] ?? '')
}

// The tables of the page.
const orders = defineTable({
  name: 'orders',
  columns: {
    order: t.string({ doc: 'assigned by the till' }),
    timestamp: t.timestamp(),
    total: t.decimal(10, 2),
    lines: t.list(t.struct({ sku: t.string(), count: t.nullable(t.string()) })),
  },
  uniqueKeys: ['order'],
  partitionBy: [t.day('timestamp'), t.bucket(16, 'order')],
})
const visits = defineTable({
  name: 'visits',
  columns: { id: t.string(), at: t.timestamptz() },
  partitionBy: [t.day('at')],
})
const inFolder = { database: 'shop', location: ({ name }: { name: string }) => `s3://my-lake/shop/${name}/` }

describe('docs/artefacts.md', () => {
  it('shows the statement that comes out', () => {
    expect(blocks('sql')).toEqual([toAthenaDdl(orders, { database: 'shop', location: 's3://my-lake/shop/orders/' })])
  })

  it('shows JSON that comes out', () => {
    const terraform = toTerraform([orders], inFolder).resource.aws_glue_catalog_table['orders']
    const written = [
      toIcebergSchema(orders).fields,
      toIcebergPartitionSpec(orders).fields,
      terraform?.open_table_format_input,
      toCloudFormation([visits], inFolder).Resources['VisitsTable'],
      toCloudFormation([orders], inFolder).Resources['OrdersTable'],
      toGlueStorageDescriptor(orders, { location: 's3://my-lake/shop/orders/' }).Columns,
      toFirehoseTables([orders, visits], { database: 'shop', s3ErrorOutputPrefix: 'errors/' }),
    ].map((value) => JSON.stringify(value))
    const shown = blocks('json').map((block) => JSON.stringify(JSON.parse(block)))
    expect(shown).toHaveLength(written.length)
    for (const [index, text] of shown.entries()) expect(written[index]).toContain(text)
  })
})

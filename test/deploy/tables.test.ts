import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineTable, t } from 'firehose-iceberg-router'
import { describe, expect, it, vi } from 'vitest'
import { handler } from '../../examples/ses/handler.ts'
import { DATABASE, eventTypes, tables } from '../../examples/ses/tables.ts'
import { s3TablesFields, toTerraformTables } from '../../examples/ses/terraform-tables.ts'
import { sesEvent } from './events.ts'
import { TERRAFORM } from './terraform/load.ts'

describe('the tables of the deployment', () => {
  it('are what is declared in TypeScript; else run "npm run tables:ses"', () => {
    const committed: unknown = JSON.parse(readFileSync(join(TERRAFORM, 'tables.tf.json'), 'utf8'))
    expect(committed).toEqual(toTerraformTables(tables, { database: DATABASE, eventTypes }))
  })

  it('hold every table and the database that the handler routes to', async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    const { records } = await handler(sesEvent(100))
    const targets = records.flatMap((record) => (record.result === 'Ok' ? [record.metadata?.otfMetadata] : []))
    expect(targets.length).toBeGreaterThan(20)
    for (const target of targets) {
      expect(target?.destinationDatabaseName).toBe(DATABASE)
      expect(tables.map(({ name }) => name)).toContain(target?.destinationTableName)
    }
  })

  it('refer to the bucket and the database of the same folder', () => {
    const text = JSON.stringify(toTerraformTables(tables, { database: DATABASE, eventTypes }))
    expect(text).not.toContain('the-warehouse-bucket')
    expect(text).toContain(`s3://\${aws_s3_bucket.warehouse.bucket}/${DATABASE}/`)
  })

  it('are those of event types that SES knows', () => {
    const types = ['SEND', 'REJECT', 'BOUNCE', 'COMPLAINT', 'DELIVERY', 'OPEN', 'CLICK', 'SUBSCRIPTION']
    expect([...types, 'RENDERING_FAILURE', 'DELIVERY_DELAY']).toEqual(expect.arrayContaining([...eventTypes]))
    expect(eventTypes).toContain('SEND')
  })

  it('are refused for S3 Tables if its API cannot create them', () => {
    const nested = defineTable({ name: 'nested', columns: { all: t.list(t.string()) } })
    const parted = defineTable({ name: 'parted', columns: { on: t.date() }, partitionBy: [t.day('on')] })
    expect(() => s3TablesFields(nested)).toThrow('column all')
    expect(() => s3TablesFields(parted)).toThrow('partitions')
  })
})

import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runMain } from './terminal.ts'

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)
const tables = fixture('tables.ts')
const place = ['--database', 'shop', '--location', 's3://bucket/shop']

/** Runs `ddl` and reads its JSON. */
async function ddl(...args: readonly string[]): Promise<unknown> {
  const { status, out, err } = await runMain(['ddl', tables, ...args])
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return JSON.parse(out)
}

describe('firehose-iceberg ddl', () => {
  it('prints a statement for each table that a module exports, once', async () => {
    const { status, out } = await runMain(['ddl', tables, ...place])
    expect(status).toBe(0)
    expect(out.match(/^CREATE TABLE .*$/gm)).toEqual([
      'CREATE TABLE `shop`.`orders` (',
      'CREATE TABLE `shop`.`refunds` (',
    ])
    expect(out).toContain("PARTITIONED BY (day(`at`))\nLOCATION 's3://bucket/shop/orders/'")
  })

  it("knows a router's tables and its database", async () => {
    const { status, out } = await runMain(['ddl', fixture('handler.ts'), '--location', 's3://bucket/'])
    expect(status).toBe(0)
    expect(out).toContain(
      "CREATE TABLE `people`.`names` (\n  `name` string,\n  `note` string\n)\nLOCATION 's3://bucket/names/'",
    )
  })

  it('keeps the ids of nested fields in a lock file while columns come and go', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lock-'))
    const lock = join(folder, 'firehose-iceberg.lock.json')
    const module = join(folder, 'tables.mjs')
    const declare = (columns: string): void => {
      const index = JSON.stringify(join(import.meta.dirname, '../../src/index.ts'))
      writeFileSync(
        module,
        `import { defineTable, t } from ${index}\nexport const a = defineTable({ name: 'a', columns: ${columns} })`,
      )
    }
    const print = async (file: string): Promise<string> => {
      const copy = join(folder, `${file}.mjs`)
      copyFileSync(module, copy)
      return (await runMain(['ddl', copy, '--format', 'cloudformation', ...place, '--lock', lock])).out
    }
    declare('{ id: t.string(), lines: t.list(t.struct({ sku: t.string() })) }')
    const first = await print('first')
    const [, element] = /element-id\\":(\d+)/.exec(first) ?? []
    declare('{ id: t.string(), note: t.string(), lines: t.list(t.struct({ sku: t.string() })) }')
    expect(/element-id\\":(\d+)/.exec(await print('second'))?.[1]).toBe(element)
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ version: 1, tables: { a: { lastColumnId: 5 } } })
    writeFileSync(lock, '{}')
    const { status, err } = await runMain(['ddl', module, '--format', 'iceberg', '--lock', lock])
    expect({ status, err }).toMatchObject({
      status: 1,
      err: expect.stringContaining('expected a lock file of version 1'),
    })
  })

  it('prints one table of several', async () => {
    const { out } = await runMain(['ddl', tables, ...place, '--table', 'refunds'])
    expect(out.match(/CREATE TABLE/g)).toHaveLength(1)
    expect((await runMain(['ddl', tables, ...place, '--table', 'returns'])).err).toContain(
      'exports no table returns; it has orders, refunds',
    )
  })

  it('skips exports that throw or are not tables, and names them', async () => {
    const { status, out, err } = await runMain(['ddl', fixture('hostile.ts'), ...place])
    expect(status).toBe(0)
    expect(out.match(/^CREATE TABLE .*$/gm)).toEqual(['CREATE TABLE `shop`.`hidden` ('])
    const notes = err
      .split('\n')
      .map((line) => line.replace(/^note: .*hostile\.ts: the export /, '').replace('default.', 'settings.'))
    const noTable = 'has the kind "table", but is not what defineTable() returns'
    expect(notes.sort()).toEqual([
      '',
      'callable cannot be read: not yours to read',
      'environment cannot be read: not yours to read',
      `forged.0 ${noTable}`,
      `forged.1 ${noTable}`,
      `forged.2 ${noTable}`,
      `furniture ${noTable}`,
      'locked cannot be read: not yours to read',
      'settings.secret cannot be read: not yours to read',
    ])
  })

  it('prints every other format as JSON', async () => {
    expect(await ddl('--format', 'iceberg')).toMatchObject({
      orders: { schema: { 'identifier-field-ids': [1] }, 'partition-spec': { fields: [{ transform: 'day' }] } },
      refunds: { 'partition-spec': { fields: [] } },
    })
    expect(await ddl('--format', 'glue', '--location', 's3://bucket/shop/')).toMatchObject({
      orders: {
        Location: 's3://bucket/shop/orders/',
        Columns: [{ Comment: 'by the till' }, {}, { Type: 'decimal(10,2)' }],
      },
    })
    expect(await ddl('--format', 'cloudformation', ...place)).toMatchObject({
      Resources: { OrdersTable: { Type: 'AWS::Glue::Table' }, RefundsTable: {} },
    })
    expect(await ddl('--format', 'terraform', ...place)).toMatchObject({
      resource: { aws_glue_catalog_table: { orders: { database_name: 'shop' }, refunds: {} } },
    })
    expect(await ddl('--format', 'firehose', '--database', 'shop', '--error-prefix', 'errors/')).toEqual([
      {
        DestinationDatabaseName: 'shop',
        DestinationTableName: 'orders',
        UniqueKeys: ['id'],
        S3ErrorOutputPrefix: 'errors/',
      },
      { DestinationDatabaseName: 'shop', DestinationTableName: 'refunds', S3ErrorOutputPrefix: 'errors/' },
    ])
    expect(await ddl('--format', 'firehose-terraform', '--database', 'shop')).toEqual({
      locals: {
        firehose_tables: [
          { database_name: 'shop', table_name: 'orders', unique_keys: ['id'] },
          { database_name: 'shop', table_name: 'refunds' },
        ],
      },
    })
  })

  it.each([
    [['ddl'], 2, /expected a module that exports tables/],
    [['ddl', tables, tables], 2, /got 2 arguments/],
    [['ddl', tables, '--fromat', 'glue'], 2, /fromat/],
    [['ddl', tables, '--format', 'hive'], 2, /--format: expected athena, iceberg, .*; got hive/],
    [['ddl', tables, '--database', 'shop'], 2, /--format athena needs --location, such as s3:/],
    [
      ['ddl', tables, '--location', 's3://bucket/'],
      2,
      /--format athena needs --database: .* and no router that names their database/,
    ],
    [['ddl', tables, '--format', 'firehose', '--database', 'My-Shop'], 2, /--database: expected lower-case/],
    [
      ['ddl', tables, '--database', 'shop', '--location', 'bucket/x'],
      1,
      /location: expected an S3 folder .* got "bucket\/x\/orders\/"/,
    ],
    [['ddl', 'nowhere.js', ...place], 1, /nowhere\.js does not load: there is no such module/],
    [
      ['ddl', fixture('no-tables.ts'), ...place],
      1,
      /exports no tables: expected what defineTable\(\) returns, .* it exports answer/,
    ],
    [
      ['ddl', fixture('furniture.ts'), ...place],
      1,
      /export furniture has the kind "table"(?:.|\n)* exports no tables: .*; it exports furniture, handler\n$/,
    ],
    [['ddl', fixture('twins.ts'), ...place], 1, /exports two different tables named twin/],
  ])('says what is wrong with %j', async (args, status, message) => {
    const result = await runMain(args)
    expect(result).toMatchObject({ status, out: '' })
    expect(result.err).toMatch(message)
  })
})

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toGlueStorageDescriptor } from '../../src/artefacts/glue.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import type { Table } from '../../src/table/table.ts'
import { shop } from './fixtures/tables.ts'
import { runMain } from './terminal.ts'

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)
const module = fixture('tables.ts')
const { orders, nested } = shop

const glueOf = (table: Table, database = 'shop'): object => ({
  Name: table.name,
  DatabaseName: database,
  Parameters: {
    table_type: 'ICEBERG',
    metadata_location: `s3://bucket/${table.name}/metadata/${table.name}.metadata.json`,
  },
  StorageDescriptor: toGlueStorageDescriptor(table, { location: 's3://bucket/t/' }),
})

const metadataOf = (table: Table): object => ({
  'format-version': 2,
  'current-schema-id': 0,
  schemas: [toIcebergSchema(table)],
  'default-spec-id': 0,
  'partition-specs': [toIcebergPartitionSpec(table)],
})

/** A folder with files of JSON in it. */
function folderOf(files: { readonly [name: string]: unknown }): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-'))
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(
      join(folder, name),
      typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value),
    )
  }
  return folder
}

describe('firehose-iceberg check --glue', () => {
  it('passes tables as declared, and lists what it could not check', async () => {
    const folder = folderOf({ 'tables.json': { TableList: [glueOf(orders), glueOf(nested.refunds)] } })
    const { status, out } = await runMain(['check', module, '--glue', join(folder, 'tables.json')])
    expect(status).toBe(0)
    expect(out).toContain('note    not checked: the format version, unique keys, partition transforms')
    expect(out).toContain('copy s3://bucket/orders/metadata/orders.metadata.json here')
    expect(out).toContain('2 tables checked: nothing breaks, 2 notes.\n')
  })

  it('checks everything if the metadata files are given', async () => {
    const folder = folderOf({
      'tables.json': { TableList: [glueOf(orders), glueOf(nested.refunds)] },
      'metadata/orders.metadata.json': metadataOf(orders),
      'metadata/refunds.metadata.json': gzipSync(JSON.stringify(metadataOf(nested.refunds))),
    })
    const args = ['check', module, '--glue', join(folder, 'tables.json'), '--metadata', join(folder, 'metadata')]
    expect(await runMain(args)).toEqual({
      status: 0,
      out: 'orders: as declared\n\nrefunds: as declared\n\n2 tables checked: nothing breaks.\nWhich engines read such tables: docs/readers.md of this package.\n',
      err: '',
    })
  })

  it('takes one metadata file of any name for one table, but not for several', async () => {
    const folder = folderOf({
      'table.json': { Table: glueOf(orders) },
      'tables.json': { TableList: [glueOf(orders), glueOf(nested.refunds)] },
      'downloaded.json': metadataOf(orders),
    })
    const run = (file: string) => {
      const metadata = join(folder, 'downloaded.json')
      return runMain(['check', module, '--table', 'orders', '--glue', join(folder, file), '--metadata', metadata])
    }
    expect((await run('table.json')).out).toContain('orders: as declared')
    expect((await run('tables.json')).out).toContain('not checked')
  })

  it('ends with status 1 if something breaks, and says what will happen', async () => {
    const glue = JSON.parse(JSON.stringify({ Table: glueOf(orders) }).replace('"Type":"timestamp"', '"Type":"bigint"'))
    const folder = folderOf({ 'table.json': glue })
    const { status, out } = await runMain(['check', module, '--glue', join(folder, 'table.json'), '--database', 'shop'])
    expect(status).toBe(1)
    expect(out).toContain('orders:\n  BREAKS  at: declared timestamp, the table has bigint\n          in production: ')
    expect(out).toMatch(/refunds:\n {2}note {4}not checked: .*table\.json describes another table/)
    expect(out).toContain('2 tables checked: 1 difference breaks delivery, 2 notes.\n')
  })

  it('says which tables are missing', async () => {
    const folder = folderOf({
      'tables.json': { TableList: [] },
      'other.json': { Table: { ...glueOf(orders), Name: 'x' } },
    })
    for (const file of ['tables.json', 'other.json']) {
      const { status, out } = await runMain(['check', module, '--glue', join(folder, file)])
      expect(status).toBe(1)
      expect(out.match(/BREAKS {2}there is no table (orders|refunds) in /g)).toHaveLength(2)
      expect(out).toContain('(Iceberg.NoSuchTable)')
    }
    writeFileSync(join(folder, 'one.json'), JSON.stringify({ TableList: [glueOf(orders)] }))
    expect((await runMain(['check', module, '--glue', join(folder, 'one.json')])).out).toContain(
      'there is no table refunds in ',
    )
  })

  it('looks into the right database', async () => {
    const folder = folderOf({ 'table.json': { Table: glueOf(orders, 'other') } })
    const args = ['check', module, '--table', 'orders', '--glue', join(folder, 'table.json')]
    expect((await runMain(args)).status).toBe(0)
    expect((await runMain([...args, '--database', 'shop'])).out).toContain('there is no table shop.orders')
  })
})

describe('firehose-iceberg check --glue, with a table of one name in two databases', () => {
  const folder = folderOf({
    'tables.json': { TableList: [glueOf(orders), { ...glueOf(orders, 'archive'), Parameters: {} }] },
    'twice.json': { TableList: [glueOf(orders), glueOf(orders)] },
  })
  const args = ['check', module, '--table', 'orders', '--glue', join(folder, 'tables.json')]

  it('asks for the database', async () => {
    const { status, out, err } = await runMain(args)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(
      /tables\.json has a table orders in several databases \(shop, archive\): choose one with --database\n/,
    )
  })

  it('takes the one of the database that is named', async () => {
    expect((await runMain([...args, '--database', 'shop'])).status).toBe(0)
    expect((await runMain([...args, '--database', 'archive'])).out).toContain('not an Iceberg table')
  })

  it('does not ask for a table that exists once', async () => {
    expect((await runMain(args.with(3, 'refunds'))).out).toContain('there is no table refunds')
  })

  it('does not choose among tables that it cannot distinguish', async () => {
    const { status, err } = await runMain(args.with(5, join(folder, 'twice.json')))
    expect(status).toBe(1)
    expect(err).toMatch(/twice\.json has the table orders 2 times; remove all but one\n$/)
  })
})

describe('firehose-iceberg check --warehouse', () => {
  it('checks the tables that `run` has made', async () => {
    const folder = folderOf({ 'events.jsonl': '{"type":"name","name":"Ada"}' })
    const [handler, warehouse] = [fixture('handler.ts'), join(folder, 'warehouse')]
    await runMain([
      'run',
      join(folder, 'events.jsonl'),
      '--handler',
      handler,
      '--warehouse',
      warehouse,
      '--errors',
      join(folder, 'errors'),
    ])
    expect(await runMain(['check', handler, '--warehouse', warehouse])).toEqual({
      status: 0,
      out: 'names: as declared\n\n1 table checked: nothing breaks.\nWhich engines read such tables: docs/readers.md of this package.\n',
      err: '',
    })
    const { status, out } = await runMain(['check', module, '--warehouse', warehouse, '--database', 'people'])
    expect(status).toBe(1)
    expect(out).toContain('there is no table people.orders in ')
  })

  it('takes the newest metadata file of any writer', async () => {
    const folder = folderOf({
      'shop/refunds/metadata/v9.metadata.json': {},
      'shop/refunds/metadata/00010-0f3c-aa.metadata.json': metadataOf(nested.refunds),
      'shop/refunds/metadata/snap-11.avro': '',
    })
    const { out } = await runMain(['check', module, '--table', 'refunds', '--warehouse', folder, '--database', 'shop'])
    expect(out).toContain('refunds: as declared')
  })
})

describe('firehose-iceberg check', () => {
  const folder = folderOf({
    'broken.json': '{"Table":',
    'list.json': [],
    'packed.json': Uint8Array.of(0x1f, 0x8b, 0),
    'columns.json': { Table: { ...glueOf(orders), StorageDescriptor: { Columns: [{}] } } },
  })
  const glue = (name: string): string[] => ['check', module, '--glue', join(folder, name)]

  it.each([
    [['check'], 2, /expected a module that exports tables/],
    [['check', module], 2, /expected either --glue <file> or --warehouse <folder>/],
    [['check', module, '--glue', 'a', '--warehouse', 'b'], 2, /expected either --glue/],
    [['check', module, '--warehouse', folder], 2, /--warehouse needs --database/],
    [['check', module, '--warehouse', folder, '--metadata', 'x'], 2, /--metadata needs --glue/],
    [glue('missing.json'), 1, /missing\.json cannot be read\n.*ENOENT/],
    [glue('broken.json'), 1, /broken\.json is not valid JSON/],
    [glue('packed.json'), 1, /packed\.json cannot be unpacked/],
    [
      glue('columns.json'),
      1,
      /columns\.json: expected the output of `aws glue get-table`.* got a table orders whose Columns/,
    ],
    [glue('list.json'), 1, /list\.json: expected the output of `aws glue get-table`.* got a list/],
  ])('says what is wrong with %j', async (args, status, message) => {
    const result = await runMain(args)
    expect(result).toMatchObject({ status, out: '' })
    expect(result.err).toMatch(message)
  })

  it('names the traps of a template, and ends with 1 only for those that break', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'template-'))
    const file = join(folder, 'template.json')
    const write = (TableInput: object | undefined): void => {
      const OpenTableFormatInput = { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } }
      const Properties = { DatabaseName: 'shop', TableInput, OpenTableFormatInput }
      writeFileSync(file, JSON.stringify({ Resources: { Orders: { Type: 'AWS::Glue::Table', Properties } } }))
    }
    write({ Name: 'orders' })
    const { status, out } = await runMain(['check', '--template', file])
    expect(status).toBe(1)
    expect(out).toContain('Orders (AWS::Glue::Table):\n  BREAKS  TableInput: TableInput is beside OpenTableFormatInput')
    expect(out).toContain('1 resource checked: 1 trap that breaks delivery, 0 notes.')
    write(undefined)
    expect(await runMain(['check', '--template', file])).toMatchObject({ status: 0 })
    const json = await runMain(['check', '--template', file, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({
      command: 'check',
      status: 0,
      resources: [{ resource: 'Orders', traps: [] }],
    })
    expect((await runMain(['check', '--template', 'a.yaml'])).err).toContain('expected JSON, got YAML')
    expect((await runMain(['check', 'module.ts', '--template', file])).status).toBe(2)
  })

  it('reports the health of a metadata file, or of a warehouse, without a module', async () => {
    const warehouse = mkdtempSync(join(tmpdir(), 'health-'))
    const folder = join(warehouse, 'shop/orders/metadata')
    mkdirSync(folder, { recursive: true })
    const snapshots = [0, 300_000].map((ms, index) => ({
      'snapshot-id': index + 1,
      'timestamp-ms': 1.7e12 + ms,
      summary: {},
    }))
    const metadata = {
      'format-version': 2,
      location: 's3://b/t',
      'current-snapshot-id': 2,
      snapshots,
      'snapshot-log': [],
    }
    const file = join(folder, 'v2.metadata.json')
    writeFileSync(file, JSON.stringify(metadata))
    const { status, out } = await runMain(['check', '--metadata', file])
    expect(status).toBe(0)
    expect(out).toContain('shop.orders:\n  snapshots  2, ')
    expect(out).toContain('a month    8,640 commits add ')
    expect(out).toContain('to do: Spark: ALTER TABLE shop.orders SET TBLPROPERTIES')
    expect((await runMain(['check', '--metadata', warehouse])).out).toBe(out)
    const json = JSON.parse((await runMain(['check', '--metadata', file, '--json'])).out)
    expect(json).toMatchObject({
      command: 'check',
      status: 0,
      health: [{ table: 'shop.orders', health: { snapshots: 2 } }],
    })
    expect((await runMain(['check', '--metadata', folder])).err).toContain('expected a metadata file, or a warehouse')
  })
})

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { type Columns, nullable } from '../../../src/table/column.ts'
import { defineTable } from '../../../src/table/table.ts'
import { boolean } from '../../../src/table/types/boolean.ts'
import { int } from '../../../src/table/types/int.ts'
import { json } from '../../../src/table/types/json.ts'
import { long } from '../../../src/table/types/long.ts'
import { string } from '../../../src/table/types/string.ts'
import { readTable } from '../../support/icebird.ts'
import { createMemoryDisk, type MemoryDisk } from './support/memory-disk.ts'
import { change, people } from './support/tables.ts'

const METADATA = '/w/db/people/metadata'

function read(disk: MemoryDisk, name: string): string {
  return new TextDecoder().decode(disk.files.get(join(METADATA, name)))
}

function write(disk: MemoryDisk, name: string, text: string): Promise<void> {
  return disk.write(join(METADATA, name), new TextEncoder().encode(text))
}

async function createPeople() {
  const disk = createMemoryDisk()
  const warehouse = createWarehouse({ folder: '/w', disk })
  const table = await warehouse.openTable('db', people)
  return { disk, warehouse, table, open: () => warehouse.openTable('db', people) }
}

describe('a new table', () => {
  test('has a version, a hint and no rows', async () => {
    const { disk, table } = await createPeople()
    expect([...disk.files.keys()].sort()).toEqual([`${METADATA}/v1.metadata.json`, `${METADATA}/version-hint.text`])
    expect(read(disk, 'version-hint.text')).toBe('1')
    expect(JSON.parse(read(disk, 'v1.metadata.json'))).toMatchObject({
      'format-version': 2,
      location: 'file:///w/db/people',
      'current-snapshot-id': -1,
      'last-column-id': 2,
      schemas: [
        {
          'identifier-field-ids': [1],
          fields: [
            { id: 1, name: 'id', required: true, type: 'string' },
            { id: 2, name: 'age', required: false, type: 'int' },
          ],
        },
      ],
    })
    expect(table.state()).toEqual({
      database: 'db',
      table: 'people',
      folder: '/w/db/people',
      snapshotId: undefined,
      version: 1,
      rows: 0,
      files: 0,
    })
  })

  test('a commit of nothing makes no snapshot', async () => {
    const { table } = await createPeople()
    expect(await table.commit([])).toEqual({ snapshotId: -1, version: 1, addedRows: 0, addedFiles: 0 })
  })

  test('deletes alone make a snapshot, of no rows', async () => {
    const { table, disk } = await createPeople()
    expect(await table.commit([change('delete', { id: 'a' })])).toMatchObject({
      version: 2,
      addedRows: 0,
      addedFiles: 1,
    })
    expect(await readTable(table.state().folder, disk)).toEqual([])
    expect(table.state()).toMatchObject({ rows: 0, files: 1 })
  })
})

describe('a table that was opened before', () => {
  test.each<[string, (disk: MemoryDisk) => Promise<void>]>([
    ['lost its hint', (disk) => disk.remove(`${METADATA}/version-hint.text`)],
    ['has a hint that is behind', (disk) => write(disk, 'version-hint.text', '1')],
    ['has a hint that is damaged', (disk) => write(disk, 'version-hint.text', '\0')],
    ['has left-overs', (disk) => write(disk, '.1234.tmp', 'half')],
  ])('goes on where it was though it %s', async (_, damage) => {
    const { disk, table, open } = await createPeople()
    await table.commit([change('insert', { id: 'a', age: 1 })])
    await damage(disk)
    const reopened = await open()
    expect(read(disk, 'version-hint.text')).toBe('2')
    expect(reopened.state()).toEqual(table.state())
    await reopened.commit([change('insert', { id: 'b', age: 2 })])
    expect(await readTable('/w/db/people', disk)).toHaveLength(2)
  })

  test('is refused if its hint names a version that is not there, and the hint is never set back', async () => {
    const { disk, table, open } = await createPeople()
    await table.commit([change('insert', { id: 'a', age: 1 })])
    await write(disk, 'version-hint.text', '7')
    const message = 'it names version 7, of which there is no metadata file (the newest is 2); restore the file'
    await expect(open()).rejects.toThrow(message)
    await expect(table.commit([change('insert', { id: 'b', age: 1 })])).rejects.toThrow(message)
    expect(read(disk, 'version-hint.text')).toBe('7')
  })

  test('keeps a hundred earlier versions and their snapshots', async () => {
    const { disk, table } = await createPeople()
    for (let age = 0; age < 110; age++) await table.commit([change('insert', { id: 'a', age })])
    const versions = [...disk.files.keys()].filter((path) => path.endsWith('.metadata.json'))
    expect(versions).toHaveLength(101)
    const metadata = JSON.parse(read(disk, 'v111.metadata.json'))
    expect(metadata.snapshots).toHaveLength(110)
    expect(metadata['metadata-log']).toHaveLength(100)
    // Every file that the log names is there.
    for (const { 'metadata-file': uri } of metadata['metadata-log'])
      expect(disk.files.has(uri.replace('file://', ''))).toBe(true)
  })

  test('a handle that fell a hundred versions behind catches up', async () => {
    const { disk, table, open } = await createPeople()
    const behind = await open()
    for (let age = 0; age < 105; age++) await table.commit([change('update', { id: 'a', age })])
    expect(await behind.commit([change('update', { id: 'a', age: -1 })])).toMatchObject({ version: 107 })
    expect(await readTable('/w/db/people', disk)).toEqual([{ id: 'a', age: -1 }])
  })

  test('says so where the table has gone', async () => {
    const { disk, table } = await createPeople()
    for (const path of disk.files.keys()) await disk.remove(path)
    await expect(table.commit([change('insert', { id: 'a', age: 1 })])).rejects.toMatchObject({
      code: 'WarehouseUnavailable',
      message: expect.stringContaining('has gone while it was open'),
    })
  })
})

describe('a table that is declared otherwise', () => {
  const conflict = async (columns: Columns, uniqueKeys: readonly string[] = ['id']) => {
    const { warehouse } = await createPeople()
    return warehouse.openTable('db', defineTable({ name: 'people', columns, uniqueKeys }))
  }

  test.each<[string, Columns, readonly string[], readonly string[]]>([
    [
      'another type',
      { id: string(), age: nullable(long()) },
      ['id'],
      ['column age is int on disk and long in the declaration'],
    ],
    [
      'not nullable',
      { id: string(), age: int() },
      ['id'],
      ['column age is nullable on disk and not nullable in the declaration'],
    ],
    [
      'a column more',
      { id: string(), age: nullable(int()), ok: boolean() },
      ['id'],
      ['column ok is in the declaration (boolean) and not on disk'],
    ],
    ['a column less', { id: string() }, ['id'], ['column age is on disk (int) and not in the declaration']],
    [
      'another order',
      { age: nullable(int()), id: string() },
      ['id'],
      [
        'column age is number 2 on disk and number 1 in the declaration',
        'column id is number 1 on disk and number 2 in the declaration',
      ],
    ],
    [
      'no keys',
      { id: string(), age: nullable(int()) },
      [],
      ['the unique keys are id on disk and none in the declaration'],
    ],
    [
      'all at once',
      { id: long(), years: nullable(int()) },
      [],
      [
        'column id is string on disk and long in the declaration',
        'column years is in the declaration (int) and not on disk',
        'column age is on disk (int) and not in the declaration',
        'the unique keys are id on disk and none in the declaration',
      ],
    ],
  ])('%s', async (_, columns, keys, problems) => {
    await expect(conflict(columns, keys)).rejects.toMatchObject({
      code: 'TableConflict',
      problems,
      message: expect.stringContaining('change the declaration back, or remove /w/db/people to begin anew'),
    })
  })

  test('json and string are the same on disk', async () => {
    const { warehouse } = await createPeople()
    await warehouse.openTable('db', defineTable({ name: 'notes', columns: { body: json() } }))
    await warehouse.openTable('db', defineTable({ name: 'notes', columns: { body: string({ doc: 'any text' }) } }))
  })

  test('a folder that was moved', async () => {
    const { disk } = await createPeople()
    for (const [path, bytes] of disk.files) await disk.write(path.replace('/w/', '/moved/'), bytes)
    await expect(createWarehouse({ folder: '/moved', disk }).openTable('db', people)).rejects.toMatchObject({
      code: 'TableConflict',
      problems: [expect.stringContaining('the table was made at file:///w/db/people')],
    })
  })

  test.each<[string, object]>([
    [
      'the partitions are age_bucket (bucket[8] of column 2) on disk and none in the declaration',
      {
        'partition-specs': [
          {
            'spec-id': 0,
            fields: [{ 'source-id': 2, 'field-id': 1000, name: 'age_bucket', transform: 'bucket[8]' }],
          },
        ],
      },
    ],
    [
      'column id has field id 7 on disk, and would have 1',
      {
        schemas: [
          {
            'schema-id': 0,
            'identifier-field-ids': [7],
            fields: [
              { id: 7, name: 'id', required: true, type: 'string' },
              { id: 2, name: 'age', required: false, type: 'int' },
            ],
          },
        ],
      },
    ],
  ])('%s', async (problem, change) => {
    const { disk, open } = await createPeople()
    const metadata = { ...JSON.parse(read(disk, 'v1.metadata.json')), ...change }
    await write(disk, 'v1.metadata.json', JSON.stringify(metadata))
    await expect(open()).rejects.toMatchObject({ code: 'TableConflict', problems: [problem] })
  })
})

describe('metadata that cannot be used', () => {
  const damaged: readonly (readonly [string, (text: string) => string, string])[] = [
    ['cut off', (text) => text.slice(0, 100), 'it is not valid JSON'],
    ['empty', () => '', 'it is not valid JSON'],
    [
      'another version',
      (text) => text.replace('"format-version":2', '"format-version":3'),
      'format-version is 3, and only 2 is written here',
    ],
    ['no object', () => 'null', 'it holds no table metadata'],
    [
      'without snapshots',
      (text) => text.replace('"snapshots"', '"snap"'),
      'it lacks location, schemas, partition-specs or snapshots',
    ],
    ['without logs', (text) => text.replace('"metadata-log"', '"log"'), 'it lacks its logs'],
    [
      'without its schema',
      (text) => text.replace('"current-schema-id":0', '"current-schema-id":9'),
      'its current schema',
    ],
    [
      'without its snapshot',
      (text) => text.replace('"current-snapshot-id":-1', '"current-snapshot-id":5'),
      'its current snapshot',
    ],
    [
      'without its partition spec',
      (text) => text.replace('"default-spec-id":0', '"default-spec-id":3'),
      'its default partition spec is not in it',
    ],
  ]

  test.each(damaged)('%s', async (_, damage, message) => {
    const { disk, open } = await createPeople()
    await write(disk, 'v1.metadata.json', damage(read(disk, 'v1.metadata.json')))
    const error = {
      code: 'WarehouseUnavailable',
      message: expect.stringContaining(`cannot use ${METADATA}/v1.metadata.json: `),
    }
    await expect(open()).rejects.toMatchObject(error)
    await expect(open()).rejects.toThrow(message)
    // It may have rows.
    await expect(open()).rejects.toThrow('keep the table as it is')
  })

  test.each<[string, (bytes: Uint8Array) => Uint8Array | undefined, string]>([
    ['is not there', () => undefined, 'it is not there'],
    ['is cut off', (bytes) => bytes.subarray(0, bytes.length / 2), 'it is no manifest list'],
    ['is something else', () => new Uint8Array(40), 'it is no manifest list'],
  ])('a manifest list that %s fails the commit, and names the file', async (_, damage, message) => {
    const { disk, table } = await createPeople()
    await table.commit([change('insert', { id: 'a', age: 1 })])
    const path = [...disk.files.keys()].find((name) => name.includes('/snap-')) ?? ''
    const bytes = damage(disk.files.get(path) ?? new Uint8Array())
    if (bytes === undefined) await disk.remove(path)
    else await disk.write(path, bytes)
    const error = table.commit([change('insert', { id: 'b', age: 2 })])
    await expect(error).rejects.toThrow(message)
    await expect(error).rejects.toThrow(path)
  })
})

import { describe, expect, it } from 'vitest'
import { toGlueStorageDescriptor } from '../../src/artefacts/glue.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { compareTable } from '../../src/drift/compare.ts'
import type { Difference } from '../../src/drift/difference.ts'
import { readGlueTables } from '../../src/drift/read-glue.ts'
import { readIcebergMetadata } from '../../src/drift/read-metadata.ts'
import { type Column, nullable } from '../../src/table/column.ts'
import { day, identity } from '../../src/table/partition.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { binary } from '../../src/table/types/binary.ts'
import { date } from '../../src/table/types/date.ts'
import { decimal } from '../../src/table/types/decimal.ts'
import { double } from '../../src/table/types/double.ts'
import { float } from '../../src/table/types/float.ts'
import { int } from '../../src/table/types/int.ts'
import { list } from '../../src/table/types/list.ts'
import { long } from '../../src/table/types/long.ts'
import { map } from '../../src/table/types/map.ts'
import { string } from '../../src/table/types/string.ts'
import { struct } from '../../src/table/types/struct.ts'
import { timestamp, timestamptz } from '../../src/table/types/timestamp.ts'
import { uuid } from '../../src/table/types/uuid.ts'
import { orders, primitives } from '../artefacts/tables.ts'

/** What Glue says of the table that a declaration would make. */
const glueOf = (table: Table, parameters: object = {}): object => ({
  Table: {
    Name: table.name,
    DatabaseName: 'shop',
    TableType: 'EXTERNAL_TABLE',
    Parameters: { table_type: 'ICEBERG', metadata_location: 's3://bucket/t/metadata/0.metadata.json', ...parameters },
    StorageDescriptor: toGlueStorageDescriptor(table, { location: 's3://bucket/t/' }),
  },
})

/** The metadata file of the table that a declaration would make. */
const metadataOf = (table: Table, more: object = {}): object => ({
  'format-version': 2,
  'current-schema-id': 0,
  schemas: [toIcebergSchema(table)],
  'default-spec-id': 0,
  'partition-specs': [toIcebergPartitionSpec(table)],
  ...more,
})

function againstGlue(declared: Table, glue: object): Difference[] {
  const [found] = readGlueTables(glue)
  return found === undefined ? [] : compareTable(declared, found)
}

function againstMetadata(declared: Table, metadata: object): Difference[] {
  return compareTable(declared, readIcebergMetadata(metadata, declared.name, 'shop'))
}

const one = (c: Column): Table => defineTable({ name: 't', columns: { c } })

/** Differences as short as a person would note them down. */
const brief = (differences: readonly Difference[]): string[] => {
  return differences.map(({ severity, path, what }) => `${severity} ${path}: ${what}`)
}

describe('a table as declared', () => {
  it.each([
    ['orders', orders],
    ['primitives', primitives],
  ])('has no difference: %s, by its metadata', (_, table) => {
    expect(againstMetadata(table, metadataOf(table))).toEqual([])
  })

  it('has a note of what Glue cannot show, and nothing else', () => {
    const unchecked = 'note : not checked: the format version, unique keys, partition transforms'
    const alike = 'exact types (Glue shows time and uuid as string, fixed as binary, timestamptz as timestamp)'
    expect(brief(againstGlue(one(int()), glueOf(one(int()))))).toEqual([unchecked])
    expect(brief(againstGlue(one(timestamptz()), glueOf(one(timestamptz()))))).toEqual([
      `${unchecked}, exact types (Glue shows timestamptz as timestamp)`,
    ])
    expect(brief(againstGlue(primitives, glueOf(primitives)))).toEqual([`${unchecked}, ${alike}`])
    // What Glue shows as a string may be a uuid in the table.
    expect(brief(againstGlue(one(string()), glueOf(one(uuid()))))).toEqual([
      `${unchecked}, exact types (Glue shows time and uuid as string)`,
    ])
  })
})

describe('types', () => {
  it.each([
    ['int', int(), long(), 'note', /every int fits/],
    ['float', float(), double(), 'note', /every float fits/],
    ['double', double(), float(), 'breaking', /lose digits/],
    ['long', long(), int(), 'breaking', /beyond 32 bits goes to the error bucket/],
    ['long', long(), timestamp(), 'breaking', /epoch in milliseconds or seconds lands in January 1970/],
    ['timestamp', timestamp(), long(), 'breaking', /stored as a plain number/],
    ['timestamp', timestamp(), timestamptz(), 'note', /same microseconds/],
    ['timestamptz', timestamptz(), timestamp(), 'note', /same microseconds/],
    ['timestamp', timestamp(), date(), 'breaking', /read as days/],
    ['string', string(), timestamp(), 'breaking', /not an ISO 8601/],
    ['string', string(), date(), 'breaking', /not YYYY-MM-DD/],
    ['string', string(), uuid(), 'breaking', /not a UUID/],
    ['uuid', uuid(), string(), 'note', /its string/],
    ['binary', binary(), string(), 'breaking', /the base64 string is stored/],
    ['boolean-like', double(), string(), 'breaking', /requires the type of a value to match/],
    ['decimal', decimal(10, 2), decimal(12, 2), 'note', /every declared number fits/],
    ['decimal', decimal(12, 2), decimal(10, 2), 'breaking', /more than 8 digits before the point/],
    ['decimal', decimal(10, 4), decimal(10, 2), 'breaking', /keeps 2 digits after the point/],
    ['decimal', decimal(10, 2), decimal(10, 4), 'breaking', /more than 6 digits before the point/],
    ['decimal', decimal(10, 2), double(), 'breaking', /nearest binary fraction/],
    ['int', int(), date(), 'breaking', /another day, without an error/],
    ['int', int(), double(), 'note', /every int fits/],
    ['timestamp as string', timestamp({ as: 'iso' }), long(), 'breaking', /its string is not a number/],
    ['timestamp as string', timestamp({ as: 'iso' }), date(), 'breaking', /no string with a time of day/],
    ['list', list(string()), string(), 'breaking', /requires the type/],
    ['string', string(), list(string()), 'breaking', /not a JSON array goes to the error bucket/],
    ['string', string(), map(string(), int()), 'breaking', /not a JSON object goes to the error bucket/],
    ['string', string(), struct({ a: int() }), 'breaking', /requires the type/],
    ['int', int(), list(int()), 'breaking', /requires the type/],
    ['map as a string', map(int(), int()), string(), 'note', /its string is stored/],
    ['map as a string', map(int(), int()), struct({ a: int() }), 'breaking', /requires the type/],
    ['map', map(string(), int()), string(), 'breaking', /AWS does not say what happens to an object/],
    ['map', map(string(), int()), struct({ a: int() }), 'breaking', /stored as a struct, without an error/],
    ['struct', struct({ a: int() }), map(string(), int()), 'breaking', /stored as a map/],
    ['struct', struct({ a: int() }), list(int()), 'breaking', /requires the type/],
  ] as const)('%s (case %#)', (_, declared, found, severity, consequence) => {
    const [difference, ...others] = againstMetadata(one(declared), metadataOf(one(found)))
    expect(others).toEqual([])
    expect(difference).toMatchObject({ severity, path: 'c', consequence: expect.stringMatching(consequence) })
  })

  it("are compared by Glue's names if Glue was read", () => {
    const differences = againstGlue(one(timestamp()), glueOf(one(long())))
    expect(brief(differences)[0]).toBe('breaking c: declared timestamp, the table has bigint')
    expect(brief(againstGlue(one(long()), glueOf(one(decimal(10, 2)))))[0]).toBe(
      'breaking c: declared long, the table has decimal(10,2)',
    )
  })

  it('are compared by how a column is written, at every depth', () => {
    const declared = one(list(struct({ at: timestamp({ as: 'iso' }) })))
    const [difference] = againstMetadata(declared, metadataOf(one(list(struct({ at: long() })))))
    expect(difference).toMatchObject({
      path: 'c.element.at',
      what: 'declared timestamp, the table has long',
      consequence: expect.stringMatching(/its string is not a number/),
    })
  })

  it('are compared at every depth, and names with them', () => {
    const declared = one(list(struct({ a: int(), b: map(string(), nullable(string())), d: string() })))
    const found = one(list(struct({ a: string(), b: map(int(), string()), e: string() })))
    expect(brief(againstMetadata(declared, metadataOf(found)))).toEqual([
      'breaking c.element.a: declared int, the table has string',
      'breaking c.element.b.key: declared string, the table has int',
      'breaking c.element.b.value: declared nullable, required in the table',
      'breaking c.element.d: not in the table',
      'breaking c.element.e: required in the table, not declared',
    ])
  })
})

describe('columns', () => {
  const declared = defineTable({ name: 't', columns: { a: string(), b: nullable(string()) } })

  it('that the table does not have are skipped', () => {
    const [difference] = againstGlue(declared, glueOf(defineTable({ name: 't', columns: { a: string() } })))
    expect(difference).toMatchObject({
      severity: 'breaking',
      path: 'b',
      what: 'not in the table',
      consequence: expect.stringContaining('skips'),
    })
  })

  it('that were dropped are reported as dropped', () => {
    const glue = JSON.parse(
      JSON.stringify(glueOf(declared)).replace('"iceberg.field.current":"true"', '"iceberg.field.current":"false"'),
    )
    expect(brief(againstGlue(declared, glue))[0]).toBe('breaking a: dropped from the table')
  })

  it('that differ by case alone are reported once', () => {
    const glue = JSON.parse(JSON.stringify(glueOf(declared)).replace('"Name":"a"', '"Name":"A"'))
    const [difference, ...others] = againstGlue(declared, glue)
    expect(difference).toMatchObject({ severity: 'breaking', path: 'a', what: 'the table names it A' })
    expect(brief(others)).toEqual([expect.stringMatching(/^note : not checked/)])
  })

  it('that differ by case from an existing column are separate columns', () => {
    const columns = { a: string(), b: nullable(string()), zz: string() }
    const text = JSON.stringify(metadataOf(defineTable({ name: 't', columns })))
    const found = JSON.parse(text.replace('"name":"zz"', '"name":"B"'))
    expect(brief(againstMetadata(declared, found))).toEqual(['breaking B: required in the table, not declared'])
  })

  it('that are not declared may be missing or not', () => {
    const columns = { a: string(), b: nullable(string()), c: nullable(string()), d: string() }
    expect(brief(againstMetadata(declared, metadataOf(defineTable({ name: 't', columns }))))).toEqual([
      'note c: not declared',
      'breaking d: required in the table, not declared',
    ])
  })

  it('may be nullable on one side', () => {
    const found = defineTable({ name: 't', columns: { a: nullable(string()), b: string() } })
    expect(brief(againstMetadata(declared, metadataOf(found)))).toEqual([
      'breaking b: declared nullable, required in the table',
      'note : optional in the table, not nullable in the declaration: a',
    ])
  })

  it('may be nullable on one side inside others', () => {
    const columns = { l: list(int()), s: struct({ f: int() }), m: map(string(), int()) }
    const found = { l: list(nullable(int())), s: struct({ f: nullable(int()) }), m: map(string(), nullable(int())) }
    const declared = defineTable({ name: 't', columns })
    const there = defineTable({ name: 't', columns: found })
    expect(brief(againstMetadata(declared, metadataOf(there)))).toEqual([
      'note : optional in the table, not nullable in the declaration: l.element, s.f, m.value',
    ])
  })

  it('have an unknown nullability if Glue does not say', () => {
    const glue = JSON.parse(JSON.stringify(glueOf(declared)).replaceAll(/,"iceberg.field.optional":"\w+"/g, ''))
    expect(brief(againstGlue(declared, glue))).toEqual([expect.stringMatching(/which columns are required/)])
  })
})

describe('keys', () => {
  const columns = { a: string(), b: string() }
  const keyed = (...uniqueKeys: ('a' | 'b')[]): Table => defineTable({ name: 't', columns, uniqueKeys })

  it.each([
    [keyed(), keyed('a'), 'note', /no unique keys declared, the table has a$/],
    [keyed('a'), keyed(), 'note', /unique keys a declared, the table has no identifier fields/],
    [keyed('a'), keyed('b'), 'breaking', /unique keys a declared, the table has b/],
    [keyed('a', 'b'), keyed('a'), 'breaking', /unique keys a, b declared, the table has a/],
  ])('that differ (case %#)', (declared, found, severity, what) => {
    expect(againstMetadata(declared, metadataOf(found))).toEqual([
      expect.objectContaining({ severity, what: expect.stringMatching(what) }),
    ])
  })

  it('may be in another order', () => {
    expect(againstMetadata(keyed('a', 'b'), metadataOf(keyed('b', 'a')))).toEqual([])
  })
})

describe('partitions', () => {
  const columns = { id: string(), at: timestamp(), kind: string() }
  const plain = defineTable({ name: 't', columns })
  const daily = defineTable({ name: 't', columns, partitionBy: [day('at')] })
  const byKind = defineTable({ name: 't', columns, partitionBy: [identity('kind')] })
  const keyed = defineTable({ name: 't', columns, uniqueKeys: ['id'] })

  it.each([
    ['declared only', daily, plain, 'note', /rows arrive/],
    ['actual only', plain, daily, 'note', /rows arrive/],
    ['of another column', daily, byKind, 'note', /rows arrive/],
    ['by what is not declared', one(string()), byKind, 'breaking', /no record has kind/],
    ['beside the keys', keyed, byKind, 'breaking', /the old row stays/],
  ] as const)('%s', (_, declared, found, severity, consequence) => {
    const differences = againstMetadata(declared, metadataOf(found)).filter(({ what }) =>
      what.includes('partitioned by'),
    )
    expect(differences).toEqual([
      expect.objectContaining({ severity, consequence: expect.stringMatching(consequence) }),
    ])
  })
})

describe('formats', () => {
  it.each([
    [{ table_type: 'HUDI' }, /its table_type is HUDI/],
    [{ table_type: undefined }, /EXTERNAL_TABLE without table_type=ICEBERG/],
    [{ metadata_location: undefined }, /it has no metadata_location/],
    [{ 'format-version': '1' }, /format version 1, Firehose writes version 2/],
  ])('that Firehose cannot write are all there is to say (case %#)', (parameters, what) => {
    const differences = againstGlue(orders, glueOf(one(string()), parameters))
    expect(differences).toEqual([expect.objectContaining({ severity: 'breaking', what: expect.stringMatching(what) })])
    expect(differences[0]?.consequence).toContain('Iceberg.NoSuchTable')
  })

  it('may be a link to another table', () => {
    const link = { Table: { Name: 't', TargetTable: { Name: 'other' } } }
    expect(againstGlue(orders, link)[0]?.what).toMatch(/resource link/)
  })

  it.each([
    [1, /Iceberg\.NoSuchTable/],
    [3, /documents version 2 only/],
  ])('of version %i', (version, consequence) => {
    const differences = againstMetadata(orders, metadataOf(orders, { 'format-version': version }))
    expect(differences).toEqual([
      expect.objectContaining({ severity: 'breaking', consequence: expect.stringMatching(consequence) }),
    ])
  })

  it('are read from version 1 as well, which has one schema and one spec', () => {
    const metadata = {
      'format-version': 1,
      schema: toIcebergSchema(orders),
      'partition-spec': toIcebergPartitionSpec(orders).fields,
    }
    const found = readIcebergMetadata(metadata, 'orders', undefined)
    expect({ ...found, formatVersion: 2 }).toEqual(readIcebergMetadata(metadataOf(orders), 'orders', undefined))
  })
})

describe('what is not a table', () => {
  it.each([
    [{}],
    ['x'],
    [null],
    [[{}]],
    [[{ Name: 'c' }]],
    [[{ Type: 'int' }]],
    [[{ Name: '', Type: 'int' }]],
    [['c']],
  ])('%j are no columns from Glue, but those of a table that is not Iceberg are not looked at', (Columns) => {
    const table = (parameters: object): object => ({
      Table: { ...Object(Reflect.get(glueOf(orders, parameters), 'Table')), StorageDescriptor: { Columns } },
    })
    expect(() => readGlueTables(table({}), 'x.json')).toThrow(
      /^x\.json: expected the output of `aws glue get-table` .* got a table orders whose Columns are not all objects/,
    )
    expect(readGlueTables(table({ table_type: 'HUDI' }))).toHaveLength(1)
  })

  it.each([[null], [[]], [{}], [{ Tables: [] }], [{ Table: {} }], [{ TableList: [{}] }], ['x']])(
    '%j is not from Glue',
    (json) => {
      expect(() => readGlueTables(json)).toThrow(/expected the output of `aws glue get-table` or/)
    },
  )

  it.each([[null], [{}], [{ 'format-version': 2 }], [{ 'format-version': '2', schema: {} }]])(
    '%j is not metadata',
    (json) => {
      expect(() => readIcebergMetadata(json, 't', undefined)).toThrow(/table t: expected an Iceberg metadata file/)
    },
  )
})

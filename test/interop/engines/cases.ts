import { type Column, defineTable, type Table, t } from 'firehose-iceberg-router'
import type { Operation } from '../../../src/firehose/response.ts'
import type { PartitionField } from '../../../src/table/partition.ts'

/** A table, what is committed to it, and which questions are asked of it. */
export interface EngineCase {
  /** The row of the matrix that it counts for. */
  readonly feature: string
  readonly name: string
  readonly table: Table
  readonly commits: readonly (readonly (readonly [Operation, Readonly<Record<string, unknown>>])[])[]
  /** A question besides "all rows": rows whose column has the JSON value. */
  readonly filter?: {
    readonly column: string
    readonly op: '=' | '<'
    readonly value: unknown
    readonly ids: readonly number[]
  }
}

/** A column type with four values, as JSON. */
interface Sample {
  readonly column: Column
  readonly values: readonly [unknown, unknown, unknown, unknown]
}

/** The high bit of a UUID differs, because readers disagree on the order of UUIDs. */
const UUIDS = ['0', '7', '9', 'f'].map((digit) => `${digit}a4b5c6d-0000-4000-8000-00000000000${digit}`)
export const SAMPLES: { readonly [type: string]: Sample } = {
  boolean: { column: t.boolean(), values: [true, false, true, false] },
  int: { column: t.int(), values: [-2_147_483_648, -1, 0, 2_147_483_647] },
  long: { column: t.long(), values: ['-9223372036854775808', -1, 0, '9223372036854775807'] },
  float: { column: t.float(), values: [-1.5, 0.25, 2, 1e10] },
  double: { column: t.double(), values: [-1.5, 0.1, 2, 1e300] },
  decimal: { column: t.decimal(20, 2), values: ['-1.25', '0.00', '1.10', '123456789012345678.99'] },
  date: { column: t.date(), values: ['1960-02-29', '1969-12-31', '1970-01-01', '2024-09-04'] },
  time: { column: t.time(), values: ['00:00:00', '06:30:00.000001', '12:00:00', '23:59:59.999999'] },
  timestamp: {
    column: t.timestamp(),
    values: [
      '1960-02-29T12:00:00.000001',
      '1969-12-31T23:59:59.999999',
      '1970-01-01T00:00:00',
      '2024-09-04T18:56:15.099001',
    ],
  },
  timestamptz: {
    column: t.timestamptz(),
    values: [
      '1960-02-29T12:00:00.000001Z',
      '1969-12-31T23:59:59.999999Z',
      '1970-01-01T00:00:00Z',
      '2024-09-04T18:56:15.099001Z',
    ],
  },
  string: { column: t.string(), values: ['acme corp', '', 'a/b=c', '名前😀'] },
  uuid: { column: t.uuid(), values: UUIDS as [string, string, string, string] },
  binary: { column: t.binary(), values: ['AAECAw==', 'fw==', 'gA==', '/////w=='] },
  fixed: { column: t.fixed(4), values: ['AAECAw==', 'fwAAAA==', 'gAAAAA==', '/////w=='] },
}

type Row = Readonly<Record<string, unknown>>
const insert = (row: Row): readonly [Operation, Row] => ['insert', row]

/** Four rows, of which the second is updated and the third deleted, each in a commit. */
function change(rows: readonly [Row, Row, Row, Row]): EngineCase['commits'] {
  const [, second, third] = rows
  return [rows.map(insert), [['update', { ...second, n: 20 }]], [['delete', third]]]
}

function rowsOf({ values }: Sample): [Row, Row, Row, Row] {
  const row = (index: number): Row => ({ id: index, k: values[index], n: index })
  return [row(0), row(1), row(2), row(3)]
}

const types = Object.entries(SAMPLES)
const keyTypes = types.filter(([name]) => !['boolean', 'float', 'double'].includes(name))
const build = (name: string, columns: Record<string, Column>, options: object = {}): Table =>
  defineTable({ name, columns, ...options } as Parameters<typeof defineTable>[0]) as Table

const everyType: EngineCase[] = types.map(([name, sample]) => ({
  feature: name === 'time' ? 'time column' : 'every other type, inserts',
  name: `type_${name}`,
  table: build(`type_${name}`, { id: t.int(), k: t.nullable(sample.column), n: t.int() }),
  commits: [rowsOf(sample).map(insert), [insert({ id: 4, k: null, n: 4 })]],
}))

const nested: EngineCase[] = [
  ['list', t.list(t.nullable(t.int())), [[1, null], [], [3], [4]]],
  ['map', t.map(t.string(), t.nullable(t.int())), [{ a: 1 }, {}, { b: null }, { c: 3 }]],
  [
    'struct',
    t.struct({ x: t.nullable(t.int()), y: t.string() }),
    [
      { x: 1, y: 'a' },
      { x: null, y: '' },
      { x: 3, y: 'c' },
      { x: 4, y: 'd' },
    ],
  ],
].map(([name, column, values]) => ({
  feature: 'lists, maps, structs',
  name: `nested_${name}`,
  table: build(`nested_${name}`, { id: t.int(), k: t.nullable(column as Column), n: t.int() }),
  commits: [
    rowsOf({ column: column as Column, values: values as unknown as Sample['values'] }).map(insert),
    [insert({ id: 4, k: null, n: 4 })],
  ],
}))

const keys: EngineCase[] = keyTypes.map(([name, sample]) => ({
  feature: name === 'uuid' || name === 'time' ? `key: ${name}` : 'key: any other type',
  name: `key_${name}`,
  table: build(`key_${name}`, { id: t.int(), k: sample.column, n: t.int() }, { uniqueKeys: ['k'] }),
  commits: change(rowsOf(sample)),
}))

const twoKeys: EngineCase[] = ['int', 'string', 'uuid', 'timestamp'].map((name) => {
  const sample = SAMPLES[name] as Sample
  return {
    feature: name === 'uuid' ? 'two keys, one a uuid' : 'two keys',
    name: `two_${name}`,
    table: build(`two_${name}`, { id: t.int(), k: sample.column, n: t.int() }, { uniqueKeys: ['id', 'k'] }),
    commits: change(rowsOf(sample)),
  }
})

function partitioned(feature: string, type: string, field: PartitionField, uniqueKeys: readonly string[]): EngineCase {
  const sample = SAMPLES[type] as Sample
  const name = `part_${uniqueKeys.join('_')}_${field.transform}_${type}`
  return {
    feature,
    name,
    table: build(name, { id: t.int(), k: sample.column, n: t.int() }, { uniqueKeys, partitionBy: [field] }),
    commits: change(rowsOf(sample)),
  }
}

const IDENTITIES = ['boolean', 'int', 'long', 'decimal', 'date', 'timestamp', 'timestamptz', 'string', 'binary']
const partitionedApart: EngineCase[] = [
  ...IDENTITIES.map((type) => partitioned('partitioned, key is another column', type, t.identity('k'), ['id'])),
  ...['int', 'long', 'string', 'uuid', 'timestamp'].map((type) =>
    partitioned('partitioned, key is another column', type, t.bucket(4, 'k'), ['id']),
  ),
  ...['int', 'long', 'string', 'binary'].map((type) =>
    partitioned('partitioned, key is another column', type, t.truncate(2, 'k'), ['id']),
  ),
  ...[t.year('k'), t.month('k'), t.day('k'), t.hour('k')].map((field) =>
    partitioned('partitioned, key is another column', 'timestamp', field, ['id']),
  ),
]

const keyPartitions: EngineCase[] = [
  ...IDENTITIES.filter((type) => type !== 'boolean').map((type) =>
    partitioned('key is the identity partition', type, t.identity('k'), ['k']),
  ),
  ...['int', 'string', 'timestamp'].map((type) =>
    partitioned('key is the bucket partition', type, t.bucket(4, 'k'), ['k']),
  ),
  partitioned('key is the bucket partition, a uuid', 'uuid', t.bucket(4, 'k'), ['k']),
]

const fixedPartitions: EngineCase[] = ['uuid', 'fixed', 'time'].map((type) =>
  partitioned(`t.identity(${type}) partition`, type, t.identity('k'), ['id']),
)

const nullPartitions: EngineCase[] = ['int', 'string', 'date'].map((type) => {
  const sample = SAMPLES[type] as Sample
  const [first, second, third] = rowsOf(sample)
  const none = { ...second, k: null }
  return {
    feature: 'null partition and deletes',
    name: `null_${type}`,
    table: build(
      `null_${type}`,
      { id: t.int(), k: t.nullable(sample.column), n: t.int() },
      { uniqueKeys: ['id'], partitionBy: [t.identity('k')] },
    ),
    commits: [[first, none, third].map(insert), [['update', { ...none, n: 20 }]], [['delete', { ...third }]]],
  }
})

const moved: EngineCase = {
  feature: 'update that changes the partition',
  name: 'moved',
  table: build(
    'moved',
    { id: t.int(), k: t.string(), n: t.int() },
    { uniqueKeys: ['id'], partitionBy: [t.identity('k')] },
  ),
  // Firehose looks for the old row in the partition of the new one: both stay.
  commits: [[insert({ id: 0, k: 'eu', n: 0 })], [['update', { id: 0, k: 'us', n: 1 }]]],
}

const plain = (name: string): Table => build(name, { id: t.int(), k: t.string(), n: t.int() }, { uniqueKeys: ['id'] })
const special: EngineCase[] = [
  {
    feature: '40 commits',
    name: 'commits_40',
    table: plain('commits_40'),
    commits: Array.from({ length: 40 }, (_, n) => [['update', { id: n % 5, k: 'a', n }] as const]),
  },
  { feature: 'no rows yet', name: 'empty', table: plain('empty'), commits: [] },
  {
    feature: 'all rows deleted',
    name: 'all_gone',
    table: plain('all_gone'),
    commits: [[insert({ id: 1, k: 'a', n: 1 })], [['delete', { id: 1 }]]],
  },
  { feature: 'only deletes', name: 'only_deletes', table: plain('only_deletes'), commits: [[['delete', { id: 1 }]]] },
]

const filters: EngineCase[] = [
  ...['uuid', 'string', 'long', 'date', 'timestamp', 'timestamptz'].map((type): EngineCase => {
    const sample = SAMPLES[type] as Sample
    return {
      feature: type === 'uuid' ? 'filter: uuid = …' : 'filter: another type = …',
      name: `filter_${type}`,
      table: build(`filter_${type}`, { id: t.int(), k: sample.column, n: t.int() }),
      commits: rowsOf(sample).map((row) => [insert(row)]),
      filter: { column: 'k', op: '=', value: sample.values[2], ids: [2] },
    }
  }),
  ...[t.identity('k'), t.bucket(4, 'k')].map((field): EngineCase => {
    const sample = SAMPLES['uuid'] as Sample
    return {
      feature: 'filter: uuid = … in its partition',
      name: `filter_part_${field.transform}`,
      table: build(
        `filter_part_${field.transform}`,
        { id: t.int(), k: t.uuid(), n: t.int() },
        { partitionBy: [field] },
      ),
      commits: rowsOf(sample).map((row) => [insert(row)]),
      filter: { column: 'k', op: '=', value: sample.values[2], ids: [2] },
    }
  }),
  ...[undefined, t.year('k'), t.month('k'), t.day('k'), t.hour('k')].map((field): EngineCase => {
    const sample = SAMPLES['timestamp'] as Sample
    const name = `before_1970_${field?.transform ?? 'plain'}`
    return {
      feature: 'filter before 1970',
      name,
      table: build(
        name,
        { id: t.int(), k: t.timestamp(), n: t.int() },
        field === undefined ? {} : { partitionBy: [field] },
      ),
      commits: rowsOf(sample).map((row) => [insert(row)]),
      filter: { column: 'k', op: '<', value: sample.values[2], ids: [0, 1] },
    }
  }),
]

/** The tables, in the order of the rows of the matrix. */
export const ENGINE_CASES: readonly EngineCase[] = [
  ...everyType,
  ...nested,
  ...keys,
  ...twoKeys,
  ...partitionedApart,
  ...keyPartitions,
  ...fixedPartitions,
  ...nullPartitions,
  moved,
  ...special,
  ...filters,
]

import { defineTable, t } from 'firehose-iceberg-router'
import { toAthenaDdl } from 'firehose-iceberg-router/artefacts'
import { describe, expect, it } from 'vitest'
import { orders } from './tables.ts'

const location = 's3://bucket/email_event/send_log/'
const sendLog = defineTable({
  name: 'send_log',
  columns: {
    event_type: t.string(),
    message_id: t.string(),
    from_address: t.nullable(t.string()),
    to_address: t.nullable(t.string()),
    timestamp: t.timestamp(),
    tags: t.json(),
  },
})

/** What a user writes by hand for the table of the original pipeline. */
const BY_HAND = `
CREATE TABLE email_event.send_log (
  event_type string, message_id string, from_address string, to_address string, timestamp timestamp, tags string)
LOCATION 's3://bucket/email_event/send_log/'
TBLPROPERTIES ('table_type'='ICEBERG', 'format'='parquet', 'vacuum_max_snapshot_age_seconds'='432000',
  'vacuum_min_snapshots_to_keep'='1', 'vacuum_max_metadata_files_to_keep'='100',
  'write_target_data_file_size_bytes'='536870912', 'write_compression'='gzip');`

/** Statements are equal in meaning when they are equal but for quoting and white space. */
function meaning(statement: string): string {
  return statement
    .replace(/`/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),;]) ?/g, '$1')
    .trim()
}

describe('toAthenaDdl', () => {
  it('means what a user writes by hand', () => {
    const ddl = toAthenaDdl(sendLog, { database: 'email_event', location, properties: { write_compression: 'gzip' } })
    expect(meaning(ddl)).toBe(meaning(BY_HAND))
  })

  it('writes a statement a person can read', () => {
    expect(toAthenaDdl(sendLog, { database: 'email_event', location })).toMatchInlineSnapshot(`
      "CREATE TABLE \`email_event\`.\`send_log\` (
        \`event_type\` string,
        \`message_id\` string,
        \`from_address\` string,
        \`to_address\` string,
        \`timestamp\` timestamp,
        \`tags\` string
      )
      LOCATION 's3://bucket/email_event/send_log/'
      TBLPROPERTIES (
        'table_type'='ICEBERG',
        'format'='parquet',
        'vacuum_max_snapshot_age_seconds'='432000',
        'vacuum_min_snapshots_to_keep'='1',
        'vacuum_max_metadata_files_to_keep'='100',
        'write_target_data_file_size_bytes'='536870912'
      );
      "
    `)
  })

  /** https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html */
  it.each([
    ['boolean', t.boolean()],
    ['int', t.int()],
    ['bigint', t.long()],
    ['float', t.float()],
    ['double', t.double()],
    ['decimal(38,10)', t.decimal(38, 10)],
    ['date', t.date()],
    ['timestamp', t.timestamp()],
    ['string', t.string()],
    ['string', t.json()],
    ['binary', t.binary()],
    ['array<string>', t.list(t.nullable(t.string()))],
    ['map<int,bigint>', t.map(t.int(), t.long())],
    [
      'struct<`order`:date,`lines`:array<struct<`sku`:string>>>',
      t.struct({ order: t.date(), lines: t.list(t.struct({ sku: t.string() })) }),
    ],
    ['map<string,struct<`at`:timestamp>>', t.map(t.string(), t.struct({ at: t.timestamp() }))],
  ])('spells %s', (athena, column) => {
    const ddl = toAthenaDdl(defineTable({ name: 't', columns: { c: column } }), { database: 'd', location })
    expect(ddl).toContain(`\n  \`c\` ${athena}\n)`)
  })

  it.each([
    ['timestamptz', t.timestamptz(), /column c: .* use timestamp\(\)/],
    ['time', t.time(), /column c: .* use string\(\)/],
    ['uuid', t.uuid(), /column c: .* does not document uuid; use string\(\)/],
    ['fixed', t.fixed(16), /column c: .* use binary\(\)/],
    ['a nested one', t.list(t.struct({ at: t.nullable(t.timestamptz()) })), /column c\.element\.at: /],
  ])('says what to do about %s', (_, column, problem) => {
    const table = defineTable({ name: 't', columns: { c: column } })
    expect(() => toAthenaDdl(table, { database: 'd', location })).toThrow(problem)
  })

  it.each([
    ['`c`', t.identity('c')],
    ['year(`c`)', t.year('c')],
    ['month(`c`)', t.month('c')],
    ['day(`c`)', t.day('c')],
    ['hour(`c`)', t.hour('c')],
    ['bucket(16, `c`)', t.bucket(16, 'c')],
  ])('partitions by %s', (clause, field) => {
    const table = defineTable({ name: 't', columns: { c: t.timestamp() }, partitionBy: [field] })
    expect(toAthenaDdl(table, { database: 'd', location })).toContain(`)\nPARTITIONED BY (${clause})\nLOCATION`)
  })

  it('keeps the order of partitions', () => {
    const clause = 'PARTITIONED BY (day(`timestamp`), bucket(16, `order`), `region`, truncate(3, `note`))'
    expect(toAthenaDdl(orders, { database: 'd', location })).toContain(clause)
  })

  it('quotes comments and reserved words', () => {
    const table = defineTable({ name: 'order', columns: { date: t.date({ doc: "it's a \\ day" }) } })
    const ddl = toAthenaDdl(table, { database: 'd', location })
    expect(ddl).toContain("`date` date COMMENT 'it\\'s a \\\\ day'")
    expect(ddl).toContain('CREATE TABLE `d`.`order` (')
  })

  it.each([['two\nlines'], ['x'.repeat(256)], ['\0']])('refuses a comment that Glue refuses (case %#)', (doc) => {
    const table = defineTable({ name: 't', columns: { c: t.string({ doc }) } })
    expect(() => toAthenaDdl(table, { database: 'd', location })).toThrow(/column c: expected a doc of at most 255/)
  })

  it.each([
    [{ database: 'Email-Event', location }, /database: expected/],
    [{ database: 'd', location: 'bucket/folder' }, /location: expected an S3 folder/],
    [{ database: 'd', location: "s3://bucket/a' b" }, /location: expected an S3 folder/],
  ])('refuses %j', (options, problem) => {
    expect(() => toAthenaDdl(sendLog, options)).toThrow(problem)
  })
})

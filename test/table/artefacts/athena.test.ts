import {
  boolean,
  date,
  defineTable,
  double,
  int,
  json,
  long,
  nullable,
  string,
  timestamp,
  timestamptz,
  toAthenaDdl,
} from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'

const location = 's3://bucket/email_event/send_log/'
const sendLog = defineTable({
  name: 'send_log',
  columns: {
    event_type: string(),
    message_id: string(),
    from_address: nullable(string()),
    to_address: nullable(string()),
    timestamp: timestamp(),
    tags: json(),
  },
})

/** What a user writes by hand for the table of the original pipeline. */
const BY_HAND = `
CREATE TABLE email_event.send_log (
  event_type string, message_id string, from_address string, to_address string, timestamp timestamp, tags string)
LOCATION 's3://bucket/email_event/send_log/'
TBLPROPERTIES ('table_type'='ICEBERG', 'format'='parquet', 'write_compression'='gzip');`

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
        'format'='parquet'
      );
      "
    `)
  })

  it('names every type as Athena does', () => {
    const columns = { a: boolean(), b: int(), c: long(), d: double(), e: date(), f: timestamp(), g: json() }
    const ddl = toAthenaDdl(defineTable({ name: 't', columns }), { database: 'd', location })
    expect([...ddl.matchAll(/^ {2}`\w` ([^,\n]+)/gm)].map((match) => match[1])).toEqual([
      'boolean',
      'int',
      'bigint',
      'double',
      'date',
      'timestamp',
      'string',
    ])
  })

  it('quotes comments and reserved words', () => {
    const table = defineTable({ name: 'order', columns: { date: date({ doc: "it's\na \\ day" }) } })
    const ddl = toAthenaDdl(table, { database: 'd', location })
    expect(ddl).toContain("`date` date COMMENT 'it\\'s\\na \\\\ day'")
    expect(ddl).toContain('CREATE TABLE `d`.`order` (')
  })

  it('says what Athena cannot create', () => {
    const table = defineTable({ name: 't', columns: { at: timestamptz() } })
    expect(() => toAthenaDdl(table, { database: 'd', location })).toThrow(
      /column at: Athena's CREATE TABLE has no timestamptz/,
    )
  })

  it.each([
    [{ database: 'Email-Event', location }, /database: expected/],
    [{ database: 'd', location: 'bucket/folder' }, /location: expected an S3 folder/],
    [{ database: 'd', location: "s3://bucket/a' b" }, /location: expected an S3 folder/],
  ])('refuses %j', (options, problem) => {
    expect(() => toAthenaDdl(sendLog, options)).toThrow(problem)
  })
})

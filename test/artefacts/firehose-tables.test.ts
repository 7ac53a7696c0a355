import { describe, expect, it } from 'vitest'
import { toFirehoseTables, toTerraformFirehoseTables } from '../../src/artefacts/firehose-tables.ts'
import { string } from '../../src/table/types/string.ts'
import { orders, tableOf } from './tables.ts'

const plain = tableOf(string())

describe('toFirehoseTables', () => {
  it('carries the unique keys to the stream', () => {
    expect(toFirehoseTables([orders, plain], { database: 'shop' })).toEqual([
      { DestinationDatabaseName: 'shop', DestinationTableName: 'orders', UniqueKeys: ['order', 'region'] },
      { DestinationDatabaseName: 'shop', DestinationTableName: 't' },
    ])
  })

  it('sets the prefix of the error output', () => {
    const [entry] = toFirehoseTables([plain], { database: 'shop', s3ErrorOutputPrefix: 'errors/' })
    expect(entry).toEqual({
      DestinationDatabaseName: 'shop',
      DestinationTableName: 't',
      S3ErrorOutputPrefix: 'errors/',
    })
  })

  it.each([
    [{ database: 'Shop' }, /database: expected .*, got "Shop"/],
    [{ database: 'shop', s3ErrorOutputPrefix: '' }, /s3ErrorOutputPrefix: .*, got 0 of them/],
    [{ database: 'shop', s3ErrorOutputPrefix: 'x'.repeat(1025) }, /got 1025 of them/],
  ])('refuses what Firehose refuses (case %#)', (options, problem) => {
    expect(() => toFirehoseTables([plain], options)).toThrow(problem)
  })
})

describe('toTerraformFirehoseTables', () => {
  it('keeps the prefix from being a template of Terraform', () => {
    const prefix = `err/!{firehose:error-output-type}/%{x}/\${y}/`
    const [entry] = toTerraformFirehoseTables([plain], { database: 'shop', s3ErrorOutputPrefix: prefix })
    expect(entry?.s3_error_output_prefix).toBe(`err/!{firehose:error-output-type}/%%{x}/$\${y}/`)
  })

  it("says the same in the provider's words", () => {
    expect(toTerraformFirehoseTables([orders, plain], { database: 'shop', s3ErrorOutputPrefix: 'errors/' })).toEqual([
      {
        database_name: 'shop',
        table_name: 'orders',
        unique_keys: ['order', 'region'],
        s3_error_output_prefix: 'errors/',
      },
      { database_name: 'shop', table_name: 't', s3_error_output_prefix: 'errors/' },
    ])
  })
})

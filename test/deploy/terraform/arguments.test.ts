import { describe, expect, it } from 'vitest'
import json from '../provider/schema.json' with { type: 'json' }
import type { ProviderSchema } from '../provider/schema.ts'
import { checkTerraform } from './check.ts'
import { type Body, type Configuration, loadTerraform } from './load.ts'

const schema: ProviderSchema = json
const configuration = await loadTerraform()

/** The configuration with one resource changed. */
function changed(type: string, change: (body: Body) => Body): Configuration {
  const declared = configuration.declared.map((each) => {
    return each.type === type ? { ...each, body: change(each.body) } : each
  })
  return { ...configuration, declared }
}

describe(`the Terraform of the example, against the schema of provider ${schema.provider}`, () => {
  it('has only arguments that the provider knows, all it wants, and no reference to nothing', () => {
    expect(configuration.declared.length).toBeGreaterThan(30)
    expect(checkTerraform(configuration, schema)).toEqual([])
  })

  it.each([
    [
      'a misspelt argument',
      'aws_lambda_alias',
      (body: Body) => ({ ...body, function_versoin: '1' }),
      'function_versoin',
    ],
    ['a missing argument', 'aws_lambda_alias', ({ name: _, ...body }: Body) => body, 'name is required'],
    [
      'a misspelt block inside of blocks',
      'aws_kinesis_firehose_delivery_stream',
      (body: Body) => ({ ...body, iceberg_configuration: [{ role_arn: '', catalog_arn: '', buffering: 1 }] }),
      'no argument buffering;',
    ],
    [
      'a misspelt argument inside of a generated table',
      'aws_glue_catalog_table',
      (body: Body) => ({
        ...body,
        open_table_format_input: [{ iceberg_input: [{ metadata_operation: 'CREATE', v: 2 }] }],
      }),
      'no argument v;',
    ],
    ['an unknown resource', 'aws_lambda_alias', undefined, 'unknown resource'],
  ])('finds %s', (_, type, change, problem) => {
    const broken: Configuration =
      change === undefined
        ? { ...configuration, declared: [{ kind: 'resource', type: 'aws_nothing', name: 'x', body: {} }] }
        : changed(type, change)
    expect(checkTerraform(broken, schema).join('\n')).toContain(problem)
  })

  it.each(['var.nmae', 'local.databse', 'data.aws_region.here.region', 'aws_s3_bucket.error.arn'])(
    'finds the reference %s to nothing',
    (reference) => {
      const strings = [...configuration.strings, `\${${reference}}`]
      expect(checkTerraform({ ...configuration, strings }, schema)).toHaveLength(1)
    },
  )
})

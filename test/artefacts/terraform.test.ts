import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toTerraformFirehoseTables } from '../../src/artefacts/firehose-tables.ts'
import { toTerraform } from '../../src/artefacts/terraform.ts'
import { UPKEEP_PROPERTIES } from '../../src/artefacts/upkeep-properties.ts'
import { defineTable } from '../../src/table/table.ts'
import { string } from '../../src/table/types/string.ts'
import { orders, primitives, tableOf } from './tables.ts'

const options = { database: 'shop', location: ({ name }: { name: string }) => `s3://bucket/shop/${name}/` }

/** A block or an argument as the provider declares it. */
interface Declared {
  readonly type: 'string' | 'number' | 'bool' | 'map' | 'list' | 'block'
  readonly required?: boolean
  readonly fields?: { readonly [name: string]: Declared }
}

/** Transcribed from the schemas in version 6 of the provider's source: service/glue and service/firehose. */
const provider: { readonly [resource: string]: { readonly [name: string]: Declared } } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/terraform-provider.json'), 'utf8'),
)

/** What the provider would say against an object. */
function findMistakes(value: object, declared: { readonly [name: string]: Declared }, path: string): string[] {
  const missing = Object.keys(declared).filter(
    (name) => declared[name]?.required === true && !Object.hasOwn(value, name),
  )
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => mistakesOf(inner, declared[name], `${path}.${name}`)),
  ]
}

function mistakesOf(value: unknown, declared: Declared | undefined, path: string): string[] {
  if (declared === undefined) return [`${path} is unknown`]
  if (declared.type === 'block') {
    if (!Array.isArray(value)) return [`${path} is no list of blocks`]
    return value.flatMap((block) => findMistakes(block, declared.fields ?? {}, path))
  }
  const type = Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : typeof value
  return type.startsWith(declared.type) ? [] : [`${path} is a ${type}`]
}

describe('toTerraform', () => {
  it.each([
    ['orders', orders],
    ['primitives', primitives],
  ])('says of %s what the provider understands', (name, table) => {
    const { lifecycle, ...resource } = toTerraform([table], options).resource.aws_glue_catalog_table[name] ?? {}
    expect(lifecycle).toEqual({ ignore_changes: ['parameters'] })
    expect(findMistakes(resource, provider['aws_glue_catalog_table'] ?? {}, name)).toEqual([])
  })

  it('is checked by something that finds mistakes', () => {
    const wrong = { name: 7, open_table_format_input: [{ iceberg_input: [{ version: '2', metadata: 'CREATE' }] }] }
    expect(findMistakes(wrong, provider['aws_glue_catalog_table'] ?? {}, 't')).toEqual([
      't.database_name is missing',
      't.name is a number',
      't.open_table_format_input.iceberg_input.metadata_operation is missing',
      't.open_table_format_input.iceberg_input.metadata is unknown',
    ])
  })

  it('writes schema, keys and partitions', () => {
    const [open] =
      toTerraform([orders], options).resource.aws_glue_catalog_table['orders']?.open_table_format_input ?? []
    expect(open).toMatchObject({
      iceberg_input: [
        {
          metadata_operation: 'CREATE',
          version: '2',
          iceberg_table_input: [
            {
              location: 's3://bucket/shop/orders/',
              properties: UPKEEP_PROPERTIES,
              schema: [{ type: 'struct', schema_id: 0, identifier_field_ids: [1, 3] }],
              partition_spec: [
                { spec_id: 0, fields: [{ source_id: 2, field_id: 1000, transform: 'day' }, {}, {}, {}] },
              ],
            },
          ],
        },
      ],
    })
  })

  it('writes a type as a JSON document', () => {
    const text = JSON.stringify(toTerraform([orders], options))
    expect(text).toContain(JSON.stringify({ id: 3, name: 'region', required: true, type: '"string"' }))
    expect(text).toContain(JSON.stringify(JSON.stringify({ type: 'map', 'key-id': 13 }).slice(0, -1)).slice(1, -1))
  })

  it('escapes strings that would be read as expressions', () => {
    const [dollar, percent] = ['$', '%'].map((sign) => `${sign}{`)
    const table = tableOf(string({ doc: `${dollar}price} or ${percent}off} for 5$` }))
    expect(JSON.stringify(toTerraform([table], options))).toContain(`$${dollar}price} or %${percent}off} for 5$`)
  })

  it('gives a table whose name begins with a digit a name that Terraform takes', () => {
    const table = defineTable({ name: '1st', columns: { c: string() } })
    const { aws_glue_catalog_table: tables } = toTerraform([table], options).resource
    expect(Object.entries(tables).map(([name, resource]) => [name, resource.name])).toEqual([['t_1st', '1st']])
  })
})

describe('toTerraformFirehoseTables', () => {
  it('says what the provider understands', () => {
    const blocks = toTerraformFirehoseTables([orders], { database: 'shop', s3ErrorOutputPrefix: 'errors/' })
    const declared = provider['destination_table_configuration'] ?? {}
    expect(blocks.flatMap((block) => findMistakes(block, declared, 'block'))).toEqual([])
  })
})

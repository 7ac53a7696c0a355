import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Argument, Block, ProviderSchema } from './schema.ts'

/**
 * Reads the arguments of the resources that the example uses out of the bindings @cdktn/provider-aws, which are generated
 * from the provider's own schema: `npx tsx test/deploy/provider/extract.ts folder-of-the-package`. The package has
 * 480 MB, so that its answer is kept in `schema.json`.
 */
const folder = process.argv[2] ?? ''
const RESOURCES = [
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_log_metric_filter',
  'aws_cloudwatch_log_stream',
  'aws_cloudwatch_metric_alarm',
  'aws_glue_catalog_database',
  'aws_glue_catalog_table',
  'aws_glue_catalog_table_optimizer',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_kinesis_firehose_delivery_stream',
  'aws_lambda_alias',
  'aws_lambda_function',
  'aws_s3_bucket',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3tables_namespace',
  'aws_s3tables_table',
  'aws_s3tables_table_bucket',
  'aws_sesv2_configuration_set',
  'aws_sesv2_configuration_set_event_destination',
]
const DATA = ['aws_caller_identity', 'aws_iam_policy_document', 'aws_partition', 'aws_region']

function read(type: string, prefix: string): Block {
  const file = join(folder, 'lib', `${prefix}${type.replace(/^aws_/, '').replaceAll('_', '-')}`, 'index.d.ts')
  if (!existsSync(file)) throw new Error(`${file}: expected the bindings of ${type}`)
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]))
  const config = [...interfaces.values()].find(({ name }) => name.text.endsWith('Config'))
  if (config === undefined) throw new Error(`${file}: expected an interface …Config`)
  return readBlock(config, interfaces)
}

function readBlock(node: ts.InterfaceDeclaration, interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>): Block {
  const entries = node.members.filter(ts.isPropertySignature).map((property) => {
    // The link to the documentation ends with the argument's name as Terraform has it.
    const name = /#(\w+) \w+#\1\}/.exec(property.getFullText())?.[1]
    if (name === undefined) throw new Error(`${node.name.text}: ${property.getText()} names no argument`)
    const inner = interfaces.get(/^\w+/.exec(property.type?.getText() ?? '')?.[0] ?? '')
    // The other destinations of a stream are most of its schema.
    if (/^(?!iceberg_)\w+_configuration$/.test(name) && node.name.text === 'KinesisFirehoseDeliveryStreamConfig')
      return []
    return [[name, argument(property, inner === undefined ? undefined : readBlock(inner, interfaces))] as const]
  })
  return Object.fromEntries(entries.flat())
}

function argument(property: ts.PropertySignature, inner: Block | undefined): Argument {
  const isBlock = /\* \w+ block$/m.test(property.getFullText())
  const required = property.questionToken === undefined ? { required: true } : {}
  if (inner === undefined) return required
  return { ...required, ...(isBlock ? { block: inner } : { object: inner }) }
}

const manifest: { cdktn: { provider: { version: string } } } = JSON.parse(
  readFileSync(join(folder, 'package.json'), 'utf8'),
)
const schema: ProviderSchema = {
  provider: manifest.cdktn.provider.version,
  resource: Object.fromEntries(RESOURCES.map((type) => [type, read(type, '')])),
  data: Object.fromEntries(DATA.map((type) => [type, read(type, 'data-aws-')])),
}
writeFileSync(join(import.meta.dirname, 'schema.json'), `${JSON.stringify(schema, null, 2)}\n`)
console.log(`provider ${schema.provider}: ${RESOURCES.length} resources, ${DATA.length} data sources`)

import type { Table } from '../table/table.ts'
import { databaseProblems, refuseProblems } from './place.ts'
import { SNAPSHOT_DAYS, SNAPSHOTS } from './upkeep-properties.ts'

/** How Glue keeps tables in order. */
export interface OptimizerSettings {
  /** The role that Glue assumes: an ARN, or an expression of the template such as `{ 'Fn::GetAtt': ['Role', 'Arn'] }`. */
  readonly roleArn: string | { readonly [intrinsic: string]: unknown }
  /** How compaction writes files; `sort` and `z-order` need a sort order. The default is `binpack`. */
  readonly strategy?: 'binpack' | 'sort' | 'z-order'
  /** How long snapshots stay; the default is 5 days. */
  readonly snapshotDays?: number
  /** How many snapshots stay whatever their age; the default is 1. */
  readonly snapshots?: number
  /** The age at which a file that no snapshot names is deleted; the default is 3 days. */
  readonly orphanDays?: number
}

/** What `toTableOptimizers` takes. */
export interface TableOptimizersOptions extends OptimizerSettings {
  readonly roleArn: string
  /** The account of the Glue catalog, 12 digits. */
  readonly catalogId: string
  readonly database: string
}

/** The parameters of `glue:CreateTableOptimizer`. */
export interface TableOptimizerRequest {
  readonly CatalogId: string
  readonly DatabaseName: string
  readonly TableName: string
  readonly Type: 'compaction' | 'retention' | 'orphan_file_deletion'
  readonly TableOptimizerConfiguration: object
}

/** One `AWS::Glue::TableOptimizer`. */
export interface CloudFormationTableOptimizer {
  readonly Type: 'AWS::Glue::TableOptimizer'
  readonly Properties: { readonly [name: string]: unknown }
}

const ORPHAN_DAYS = 3
const TYPES = ['compaction', 'retention', 'orphan_file_deletion'] as const

/**
 * Writes the calls of `glue:CreateTableOptimizer` that keep tables in order: compaction, snapshot retention and deletion of
 * orphan files, three calls for each table. `toCloudFormation` and `toTerraform` write the same with the option `optimizers`.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTableOptimizer.html
 *
 * @throws IcebergRouterError `InvalidOptions` for an account, a database, a role or numbers that Glue refuses
 */
export function toTableOptimizers(tables: readonly Table[], options: TableOptimizersOptions): TableOptimizerRequest[] {
  const { catalogId, database } = options
  refuseProblems('table optimizers', [
    ...databaseProblems(database),
    ...(/^\d{12}$/.test(catalogId) ? [] : ['catalogId: expected the 12 digits of an account']),
    ...optimizerProblems(options),
  ])
  return tables.flatMap(({ name }) =>
    TYPES.map((Type) => ({
      CatalogId: catalogId,
      DatabaseName: database,
      TableName: name,
      Type,
      TableOptimizerConfiguration: { roleArn: options.roleArn, enabled: true, ...apiSettings(Type, options) },
    })),
  )
}

/** Finds what is wrong with the settings of optimizers. */
export function optimizerProblems(settings: OptimizerSettings | undefined): string[] {
  if (settings === undefined) return []
  const { roleArn, strategy = 'binpack' } = settings
  const isRole =
    typeof roleArn === 'string' ? /^(arn:aws[\w-]*:iam::\d{12}:role\/|\$\{)/.test(roleArn) : roleArn !== null
  const counts = (['snapshotDays', 'snapshots', 'orphanDays'] as const).filter((name) => {
    const value = settings[name]
    return value !== undefined && !(Number.isInteger(value) && value >= 1)
  })
  return [
    ...(isRole ? [] : ['optimizers.roleArn: expected the ARN of a role, or an expression of the template']),
    ...(['binpack', 'sort', 'z-order'].includes(strategy)
      ? []
      : ['optimizers.strategy: expected binpack, sort or z-order']),
    ...counts.map((name) => `optimizers.${name}: expected a whole number from 1`),
  ]
}

/** The resources for one table of a template; `Ref` of a table is its name, and makes Glue wait for the table. */
export function cloudFormationOptimizers(
  tableId: string,
  { database, optimizers }: { readonly database: string; readonly optimizers?: OptimizerSettings },
): readonly (readonly [string, CloudFormationTableOptimizer])[] {
  if (optimizers === undefined) return []
  return TYPES.map((type) => [
    `${tableId}${type.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
    {
      Type: 'AWS::Glue::TableOptimizer',
      Properties: {
        CatalogId: { Ref: 'AWS::AccountId' },
        DatabaseName: database,
        TableName: { Ref: tableId },
        Type: type,
        TableOptimizerConfiguration: {
          RoleArn: optimizers.roleArn,
          Enabled: true,
          ...capitalized(apiSettings(type, optimizers)),
        },
      },
    },
  ])
}

/** The resources for one table of a Terraform configuration. */
export function terraformOptimizers(
  tableId: string,
  { optimizers }: { readonly optimizers?: OptimizerSettings },
): readonly (readonly [string, object])[] {
  if (optimizers === undefined) return []
  const table = `aws_glue_catalog_table.${tableId}`
  return TYPES.map((type) => [
    `${tableId}_${type}`,
    {
      catalog_id: `\${${table}.catalog_id}`,
      database_name: `\${${table}.database_name}`,
      table_name: `\${${table}.name}`,
      type,
      configuration: [{ enabled: true, role_arn: optimizers.roleArn, ...terraformSettings(type, optimizers) }],
    },
  ])
}

interface IcebergSettings {
  readonly [configuration: string]: { readonly icebergConfiguration: { readonly [name: string]: unknown } }
}

function apiSettings(type: TableOptimizerRequest['Type'], settings: OptimizerSettings): IcebergSettings {
  const {
    strategy = 'binpack',
    snapshotDays = SNAPSHOT_DAYS,
    snapshots = SNAPSHOTS,
    orphanDays = ORPHAN_DAYS,
  } = settings
  switch (type) {
    case 'compaction':
      return { compactionConfiguration: { icebergConfiguration: { strategy } } }
    case 'retention':
      return {
        retentionConfiguration: {
          icebergConfiguration: {
            snapshotRetentionPeriodInDays: snapshotDays,
            numberOfSnapshotsToRetain: snapshots,
            cleanExpiredFiles: true,
          },
        },
      }
    case 'orphan_file_deletion':
      return {
        orphanFileDeletionConfiguration: { icebergConfiguration: { orphanFileRetentionPeriodInDays: orphanDays } },
      }
  }
}

/** CloudFormation has the API's names with a capital. */
function capitalized(value: object): object {
  return renamed(value, (name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`)
}

/** Terraform has the API's names in snake case, every object is a block, and compaction has no settings. */
function terraformSettings(type: TableOptimizerRequest['Type'], settings: OptimizerSettings): object {
  if (type === 'compaction') return {}
  return blocks(
    renamed(apiSettings(type, settings), (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  )
}

function renamed(value: object, rename: (name: string) => string): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      return [rename(name), typeof inner === 'object' ? renamed(inner, rename) : inner]
    }),
  )
}

function blocks(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, typeof inner === 'object' ? [blocks(inner)] : inner]),
  )
}

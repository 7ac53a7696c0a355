import { IcebergRouterError } from '../error.ts'
import { quote } from '../options.ts'
import type { Columns } from './column.ts'
import type { PartitionField } from './partition.ts'
import { tableProblems } from './problems.ts'
import type { ValuesOf } from './row-type.ts'

/** What `defineTable` takes. */
export interface TableOptions<
  C extends Columns,
  Key extends keyof C & string,
  Partition extends keyof C & string = keyof C & string,
> {
  /** Lower-case letters, digits and underscores, 1 to 255 of them: what Iceberg's GlueCatalog accepts. */
  readonly name: string
  /** The columns in their order; their names follow the same rule as the table's. */
  readonly columns: C
  /** The columns that identify a row: needed for `update` and `delete`. They may not be nullable. */
  readonly uniqueKeys?: readonly Key[]
  /** How rows are spread over files, such as `[t.day('at'), t.bucket(16, 'user_id')]`. */
  readonly partitionBy?: readonly PartitionField<Partition>[]
  /**
   * How a row's key without a column is treated: as a mistake (`refuse`, the default), or left out (`strip`), as Firehose
   * does. The fields of structs likewise.
   */
  readonly unknownColumns?: 'refuse' | 'strip'
}

/**
 * One table: the single place where its columns are written. `Key` is `never` for a table without unique keys, and
 * `Partition` is `never` for one without partitions.
 */
export interface Table<C extends Columns = Columns, Key extends string = string, Partition extends string = string> {
  readonly kind: 'table'
  readonly name: string
  readonly columns: C
  readonly uniqueKeys: readonly Key[]
  readonly partitionBy: readonly PartitionField<Partition>[]
  readonly unknownColumns: 'refuse' | 'strip'
}

/** The row of a table: every column, `null` if a nullable one has no value. */
export type RowOf<T extends Table> = ValuesOf<T['columns']>

/** The columns that identify a row of a table. */
export type KeyOf<T extends Table> = T['uniqueKeys'][number]

/** The columns that the partitions of a table are computed from. */
export type PartitionOf<T extends Table> = T['partitionBy'][number]['column']

/**
 * Declares a table. Everything else is derived from it: the type of its rows, the check of every row, its DDL. Not every
 * engine reads every key, partition and type: `docs/readers.md` says which.
 *
 * @throws IcebergRouterError `InvalidTable`, with every problem of the declaration
 */
export function defineTable<
  const C extends Columns,
  const Key extends keyof C & string = never,
  const Partition extends keyof C & string = never,
>(options: TableOptions<C, Key, Partition>): Table<C, Key, Partition> {
  const problems = tableProblems(options)
  if (problems.length > 0) {
    throw new IcebergRouterError('InvalidTable', `table ${quote(options?.name)} cannot be used:`, { problems })
  }
  const { name, columns, uniqueKeys = [], partitionBy = [], unknownColumns = 'refuse' } = options
  return { kind: 'table', name, columns, uniqueKeys, partitionBy, unknownColumns }
}

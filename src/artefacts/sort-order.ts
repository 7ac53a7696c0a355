import type { IcebergSchema, IcebergTransform } from './iceberg-type.ts'

/** A column by which the rows of a data file are sorted: compaction with the strategy `sort` uses it. */
export interface SortColumn {
  readonly column: string
  /** The default is `asc`. */
  readonly direction?: 'asc' | 'desc'
  /** The default is `first` for `asc` and `last` for `desc`, as in Iceberg. */
  readonly nulls?: 'first' | 'last'
}

/** One field of a sort order. https://iceberg.apache.org/spec/#sort-orders */
export interface IcebergSortField {
  readonly transform: IcebergTransform
  readonly 'source-id': number
  readonly direction: 'asc' | 'desc'
  readonly 'null-order': 'nulls-first' | 'nulls-last'
}

/** How the rows of a table are sorted; 0 is the id of "not sorted". */
export interface IcebergSortOrder {
  readonly 'order-id': 1
  readonly fields: readonly IcebergSortField[]
}

/** Writes a sort order in Iceberg's JSON; undefined if there are no columns to sort by. */
export function toSortOrder(
  columns: readonly SortColumn[] | undefined,
  { fields }: IcebergSchema,
  problems: string[],
): IcebergSortOrder | undefined {
  if (columns === undefined || columns.length === 0) return undefined
  return { 'order-id': 1, fields: columns.flatMap((sort) => toSortField(sort, fields, problems)) }
}

function toSortField(
  { column, direction = 'asc', nulls = direction === 'asc' ? 'first' : 'last' }: SortColumn,
  fields: IcebergSchema['fields'],
  problems: string[],
): readonly IcebergSortField[] {
  const source = fields.find(({ name }) => name === column)
  if (source === undefined || typeof source.type !== 'string') {
    problems.push(
      `sortBy: ${source === undefined ? `there is no column "${column}"` : `column ${column} is nested and has no order`}`,
    )
    return []
  }
  return [{ transform: 'identity', 'source-id': source.id, direction, 'null-order': `nulls-${nulls}` }]
}

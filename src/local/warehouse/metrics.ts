import type { LeafType } from '../../table/column.ts'
import type { Field } from '../../table/fields.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { storageOf } from './storage.ts'
import type { LeafValue, StoredRow, StoredValue } from './types.ts'

/** The metrics of one leaf field of a file, in its manifest. https://iceberg.apache.org/spec/#data-file-fields */
export interface ColumnMetrics {
  readonly id: number
  readonly sizeBytes: number
  /** Undefined inside lists and maps, where Iceberg's own writers keep neither counts nor bounds. */
  readonly counts: Counts | undefined
}

interface Counts {
  readonly values: number
  readonly nulls: number
  /** Only for floating-point columns; rows hold no NaN, because JSON has none. */
  readonly nans: number | undefined
  readonly bounds: Bounds | undefined
}

/** A leaf field, and its path; undefined inside a list or a map. */
interface Leaf {
  readonly id: number
  readonly type: LeafType
  readonly path: readonly string[] | undefined
}

/** Sums up the rows of a file, leaf by leaf; `sizes` are the bytes of each, in the order of the schema. */
export function metricsOf(
  columns: readonly Field[],
  rows: readonly StoredRow[],
  sizes: readonly number[],
): readonly ColumnMetrics[] {
  return columns
    .flatMap((column) => leavesOf(column, []))
    .map(({ id, type, path }, index) => {
      const counts =
        path === undefined
          ? undefined
          : countsOf(
              type,
              rows.map((row) => follow(row, path)),
            )
      return { id, sizeBytes: sizes[index] ?? 0, counts }
    })
}

function leavesOf({ id, name, column, children }: Field, above: readonly string[] | undefined): readonly Leaf[] {
  const { type } = column
  const path = above === undefined ? undefined : [...above, name]
  switch (type.name) {
    case 'list':
    case 'map':
      return children.flatMap((child) => leavesOf(child, undefined))
    case 'struct':
      return children.flatMap((child) => leavesOf(child, path))
    default:
      return [{ id, type, path }]
  }
}

function countsOf(type: LeafType, values: readonly (LeafValue | null)[]): Counts {
  const nulls = values.filter((value) => value === null).length
  const isFloating = type.name === 'double' || type.name === 'float'
  // Readers disagree about the order of UUIDs, signed or unsigned, and skip rows or deletes if bounds are in the other order.
  const bounds = type.name === 'uuid' ? undefined : boundsOf(values, storageOf(type).toBytes, type.name === 'fixed')
  return { values: values.length, nulls, nans: isFloating ? 0 : undefined, bounds }
}

/** The value at a path; null if a struct on the path is null. */
function follow(row: StoredRow, path: readonly string[]): LeafValue | null {
  let value: StoredValue | undefined = row
  for (const name of path) value = (value as StoredRow | null)?.[name] ?? null
  return value as LeafValue | null
}

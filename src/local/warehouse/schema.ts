import type { TypeName } from '../../table/column.ts'
import type { Table } from '../../table/table.ts'

/** A column of an Iceberg schema. https://iceberg.apache.org/spec/#schemas-and-data-types */
export interface IcebergField {
  readonly id: number
  readonly name: string
  readonly required: boolean
  /** A string for every type that a declaration has; an object for the nested ones of other writers. */
  readonly type: unknown
  readonly doc?: string
}

/** An Iceberg schema as metadata JSON has it. https://iceberg.apache.org/spec/#schemas */
export interface IcebergSchema {
  readonly type: 'struct'
  readonly 'schema-id': number
  readonly 'identifier-field-ids'?: readonly number[]
  readonly fields: readonly IcebergField[]
}

/** A declared column with its field id: ids count from 1 in the order of the declaration. */
export interface StoredColumn {
  readonly id: number
  readonly name: string
  readonly type: TypeName
  readonly required: boolean
  readonly field: IcebergField
}

/** Gives the columns of a declaration their field ids. */
export function toStoredColumns(table: Table): readonly StoredColumn[] {
  return Object.entries(table.columns).map(([name, { type, nullable, doc }], index) => {
    const id = index + 1
    const field: IcebergField = {
      id,
      name,
      required: !nullable,
      type: type.iceberg,
      ...(doc === undefined ? {} : { doc }),
    }
    return { id, name, type: type.name, required: !nullable, field }
  })
}

/** Writes columns as an Iceberg schema; `keys` become its identifier fields. */
export function toIcebergSchema(columns: readonly StoredColumn[], keys: readonly string[]): IcebergSchema {
  const ids = columns.filter(({ name }) => keys.includes(name)).map(({ id }) => id)
  const fields = columns.map(({ field }) => field)
  return { type: 'struct', 'schema-id': 0, ...(ids.length > 0 && { 'identifier-field-ids': ids }), fields }
}

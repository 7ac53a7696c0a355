import { IcebergRouterError } from '../error.ts'
import { type Field, fieldsOf } from '../table/fields.ts'
import type { Table } from '../table/table.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from './iceberg.ts'
import type { IcebergPartitionField, IcebergPartitionSpec, IcebergSchema } from './iceberg-type.ts'
import { mapFieldIds, pathIds } from './schema-ids.ts'

/**
 * The ids that tables have: the content of a lock file. Iceberg reads data files by field id, so a column keeps its id when
 * others come and go, and a retired id never comes back.
 */
export interface IdLock {
  readonly version: 1
  readonly tables: { readonly [table: string]: LockedTable }
}

/** The ids of one table. */
export interface LockedTable {
  /** The largest id that a column, or a field inside one, has ever had. */
  readonly lastColumnId: number
  readonly schema: IcebergSchema
  /** All partition fields that the table has ever had: an equal field takes its old id again, as Iceberg requires. */
  readonly partitionFields: readonly IcebergPartitionField[]
}

/** A table in Iceberg's JSON. */
export interface IcebergForm {
  readonly schema: IcebergSchema
  readonly spec: IcebergPartitionSpec
}

/** Partition field ids begin above this one. https://iceberg.apache.org/spec/#partition-specs */
const LAST_BEFORE_PARTITIONS = 999

/**
 * Assigns the field ids of tables, for a lock file that is committed beside the declaration. A column keeps the id that it has in
 * `previous`; a new one takes the next id that no column ever had. A column with an `id` of its own takes that; so a renamed
 * column keeps its data. Tables that are not declared any more keep their entry.
 *
 * @param previous what the lock file holds; without it, ids count up from 1
 * @throws IcebergRouterError `InvalidOptions` for an `id` that another column had before, or has in `previous`
 */
export function lockIds(tables: readonly Table[], previous?: IdLock): IdLock {
  const locked = tables.map((table) => [table.name, lockTable(table, previous?.tables[table.name])] as const)
  const all = { ...previous?.tables, ...Object.fromEntries(locked) }
  const sorted = Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1))
  return { version: 1, tables: Object.fromEntries(sorted) }
}

/** Writes a table in Iceberg's JSON, with the ids of a lock file if there is one. */
export function icebergForm(table: Table, lock?: IdLock): IcebergForm {
  const schema = toIcebergSchema(table)
  const spec = toIcebergPartitionSpec(table)
  if (lock === undefined) return { schema, spec }
  const locked = lockTable(table, lock.tables[table.name])
  return { schema: locked.schema, spec: { ...spec, fields: partitionsOf(locked, spec, schema) } }
}

function lockTable(table: Table, previous: LockedTable | undefined): LockedTable {
  const declared = toIcebergSchema(table)
  const ids = previous === undefined ? pathIds(declared) : assignIds(table, previous)
  const schema = mapFieldIds(declared, (path) => ids.get(path) ?? 0)
  const lastColumnId = Math.max(previous?.lastColumnId ?? 0, ...ids.values())
  const partitionFields = lockPartitions(toIcebergPartitionSpec(table), { declared, schema, previous })
  return { lastColumnId, schema, partitionFields }
}

function assignIds(table: Table, previous: LockedTable): ReadonlyMap<string, number> {
  const before = pathIds(previous.schema)
  const fields = withPaths(fieldsOf(table))
  const own = new Map(fields.flatMap(({ path, column: { id } }) => (id === undefined ? [] : [[path, id] as const])))
  checkOwnIds(table, own, previous)
  // An id that a renamed column takes is not the one of the column that had the name before.
  const taken = new Set(own.values())
  let last = Math.max(previous.lastColumnId, ...taken)
  return new Map(
    fields.map(({ path }) => {
      const kept = own.get(path) ?? unless(taken, before.get(path))
      return [path, kept ?? ++last] as const
    }),
  )
}

function unless(taken: ReadonlySet<number>, id: number | undefined): number | undefined {
  return id === undefined || taken.has(id) ? undefined : id
}

function checkOwnIds(table: Table, own: ReadonlyMap<string, number>, { schema, lastColumnId }: LockedTable): void {
  const current = new Set(pathIds(schema).values())
  const problems = [...own].flatMap(([path, id]) => {
    const where = `table ${table.name}: column ${path}: field id ${id}`
    if (id > lastColumnId || current.has(id)) return []
    return [
      `${where} belonged to a column that was dropped, whose values would come back; use an id from ${lastColumnId + 1}`,
    ]
  })
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'the ids cannot be locked:', { problems })
}

/** The fields of a table with their paths, level by level as Iceberg assigns ids. */
function withPaths(fields: readonly Field[], prefix = ''): readonly (Field & { readonly path: string })[] {
  const level = fields.map((field) => ({ ...field, path: `${prefix}${field.name}` }))
  return [...level, ...level.flatMap(({ path, children }) => withPaths(children, `${path}.`))]
}

function lockPartitions(
  spec: IcebergPartitionSpec,
  context: { declared: IcebergSchema; schema: IcebergSchema; previous: LockedTable | undefined },
): readonly IcebergPartitionField[] {
  const known = [...(context.previous?.partitionFields ?? [])]
  let last = Math.max(LAST_BEFORE_PARTITIONS, ...known.map((field) => field['field-id']))
  for (const field of spec.fields) {
    const source = sourceOf(field, context)
    if (findPartition(known, source, field) === undefined) {
      known.push({ ...field, 'source-id': source, 'field-id': ++last })
    }
  }
  return known
}

function partitionsOf(
  { schema, partitionFields }: LockedTable,
  spec: IcebergPartitionSpec,
  declared: IcebergSchema,
): readonly IcebergPartitionField[] {
  return spec.fields.map((field) => {
    const source = sourceOf(field, { declared, schema })
    const id = findPartition(partitionFields, source, field)?.['field-id'] ?? field['field-id']
    return { ...field, 'source-id': source, 'field-id': id }
  })
}

/** Two partition fields are equal if they have the same source and transform; their names may differ. */
function findPartition(
  known: readonly IcebergPartitionField[],
  source: number,
  { transform }: IcebergPartitionField,
): IcebergPartitionField | undefined {
  return known.find((field) => field['source-id'] === source && field.transform === transform)
}

/** Translates the source of a partition field from the declared ids to the locked ones. */
function sourceOf(
  field: IcebergPartitionField,
  { declared, schema }: { readonly declared: IcebergSchema; readonly schema: IcebergSchema },
): number {
  const index = declared.fields.findIndex(({ id }) => id === field['source-id'])
  return schema.fields[index]?.id ?? field['source-id']
}

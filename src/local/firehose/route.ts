import { isUtf8 } from 'node:buffer'
import { OPERATIONS, type Operation } from '../../firehose/response.ts'
import { typeName } from '../../table/wrong-type.ts'
import type { RowChange } from '../warehouse/types.ts'
import type { Row } from './answer.ts'
import { type Catalog, type OpenTable, tablesOf } from './catalog.ts'
import type { Failure } from './failure.ts'
import type { FirehoseBehaviour } from './options.ts'

/** A row with the table it goes to. */
export interface RoutedRow {
  readonly table: OpenTable
  readonly change: RowChange
}

/** `otfMetadata` before it is looked at. */
interface Otf {
  readonly destinationDatabaseName?: unknown
  readonly destinationTableName?: unknown
  readonly operation?: unknown
}

/**
 * Finds the table and the operation of a row by its `otfMetadata`, and checks it against the table. Without any name
 * the row goes to the only table, if there is only one.
 * https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-format-input-record-different.html
 */
export function routeRow(
  row: Row,
  metadata: unknown,
  to: { catalog: Catalog; behaviour: FirehoseBehaviour },
): RoutedRow | Failure {
  const otf = otfOf(metadata)
  if (otf === undefined) return invalidName('expected metadata.otfMetadata to be an object')
  const table = findTable(otf, to.catalog)
  if ('errorCode' in table) return table
  const operation = operationOf(otf.operation, to.behaviour)
  if (typeof operation !== 'string') return operation
  return checkRow(row, table, operation)
}

/** Metadata that is not there at all routes like empty metadata; metadata of another type is a mistake. */
function otfOf(metadata: unknown): Otf | undefined {
  if (metadata === undefined || metadata === null) return {}
  if (!isObject(metadata)) return undefined
  const otf = 'otfMetadata' in metadata ? metadata.otfMetadata : undefined
  if (otf === undefined || otf === null) return {}
  return isObject(otf) ? otf : undefined
}

function findTable(otf: Otf, catalog: Catalog): OpenTable | Failure {
  const { destinationDatabaseName: database, destinationTableName: name } = otf
  if (database === undefined && name === undefined) return onlyTable(catalog)
  if (typeof name !== 'string' || name === '') return invalidName(`expected a table name, got ${kindOf(name)}`)
  if (typeof database !== 'string' || database === '')
    return noTable(`expected a database name, got ${kindOf(database)}`)
  const siblings = catalog.get(database)
  if (siblings === undefined) return noTable(`there is no database ${quote(database)}; ${listed(catalog.keys())}`)
  const table = siblings.get(name)
  return table ?? noTable(`there is no table ${quote(name)} in ${database}; ${listed(siblings.keys())}`)
}

function onlyTable(catalog: Catalog): OpenTable | Failure {
  const [table, another] = tablesOf(catalog)
  if (table !== undefined && another === undefined) return table
  return invalidName('the row names no table, and there are several: answer with metadata.otfMetadata')
}

function operationOf(operation: unknown, { unknownOperation }: FirehoseBehaviour): Operation | Failure {
  if (operation === undefined || operation === null) return 'insert'
  const known = OPERATIONS.find((name) => name === operation)
  if (known !== undefined) return known
  if (unknownOperation === 'insert') return 'insert'
  const errorMessage = `expected the operation to be ${OPERATIONS.join(', ')}, got ${kindOf(operation)}`
  return { errorCode: 'Local.UnknownOperation', errorMessage }
}

function checkRow(row: Row, table: OpenTable, operation: Operation): RoutedRow | Failure {
  if (!isUtf8(row.bytes)) return { errorCode: 'Local.InvalidUtf8', errorMessage: 'the row is not valid UTF-8' }
  try {
    const checked = table.rows.check(row.bytes.toString('utf8'), operation)
    return checked.rejection ?? { table, change: { operation, row: checked.row } }
  } catch {
    // One row must not cost its neighbours, whatever the warehouse does with it.
    return { errorCode: 'Local.CheckFailed', errorMessage: `the warehouse could not check the row for ${table.name}` }
  }
}

function invalidName(errorMessage: string): Failure {
  return { errorCode: 'Iceberg.InvalidTableName', errorMessage }
}

function noTable(errorMessage: string): Failure {
  return { errorCode: 'Iceberg.NoSuchTable', errorMessage }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (value === '') return 'an empty string'
  return value === undefined ? 'nothing' : typeof value === 'string' ? quote(value) : typeName(value)
}

/** A name may be made of the payload, so it is shown only where it looks like a name. */
function quote(name: string): string {
  return /^[A-Za-z_][\w.-]{0,63}$/.test(name) ? `"${name}"` : `of that name (${name.length} characters)`
}

function listed(names: Iterable<string>): string {
  const all = [...names]
  const more = all.length > 10 ? ` and ${all.length - 10} more` : ''
  return `there are ${all.slice(0, 10).join(', ')}${more}; names are compared exactly`
}

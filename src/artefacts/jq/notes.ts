import type { RouterDefinition } from '../../router/model.ts'
import type { ColumnType } from '../../table/column.ts'
import type { Table } from '../../table/table.ts'
import { branchesOf } from './branches.ts'

/** The largest number of characters in the value of a processor's parameter. */
export const MAX_QUERY_LENGTH = 5120

const UNCHECKED =
  'Nothing checks a record before Firehose does: rows that the router refuses with a code and a path, Firehose refuses or reads in its own way.'
const EXTRA_KEYS =
  'Keys of an event that its table has no column for are skipped, as AWS documents, as long as the stream has no SchemaEvolutionConfiguration.'
const NO_ROUTE =
  'A record without a route gets an empty table name and goes to the error output as Iceberg.InvalidTableName, under iceberg-failed/.'
const TIMESTAMPS =
  'Times arrive unchanged: as ISO 8601 strings or microseconds. Firehose does not say how it folds an offset, and milliseconds land in January 1970.'
const LONGS =
  'Whole numbers beyond 2^53 stay JSON numbers, for which AWS shows no example; the router writes them as strings.'
const KEYS =
  'Updates and deletes need the unique keys in the DestinationTableConfigurationList of the stream, or in the table.'

/** Finds differences to the router that remain although the routing is the same. */
export function noteLines(definition: RouterDefinition): string[] {
  const types = tablesOf(definition).flatMap(({ columns }) =>
    Object.values(columns).flatMap(({ type }) => leaves(type)),
  )
  const branches = branchesOf(definition)
  return [
    UNCHECKED,
    EXTRA_KEYS,
    ...(branches.some(({ target }) => target === undefined) ? [NO_ROUTE] : []),
    ...(types.includes('timestamp') || types.includes('timestamptz') ? [TIMESTAMPS] : []),
    ...(types.includes('long') ? [LONGS] : []),
    ...(branches.some(({ target }) => target !== undefined && target.operation !== 'insert') ? [KEYS] : []),
  ]
}

function tablesOf({ routes, otherwise = 'fail' }: RouterDefinition): Table[] {
  const ends = [...routes.map(({ route }) => route), otherwise]
  return ends.flatMap((route) => (typeof route === 'string' ? [] : [route.table as Table]))
}

function leaves(type: ColumnType): string[] {
  if (type.name === 'list') return leaves(type.element.type)
  if (type.name === 'map') return leaves(type.value.type)
  if (type.name === 'struct') return Object.values(type.fields).flatMap((field) => leaves(field.type))
  return [type.name]
}

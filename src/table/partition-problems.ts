import { isObject } from '../rules.ts'
import type { Column } from './column.ts'
import type { PartitionField } from './partition.ts'

/** Every problem of a table's partitions, a sentence each. What a transform takes, and its settings, it says itself. */
export function partitionProblems(columns: { readonly [name: string]: unknown }, fields: readonly unknown[]): string[] {
  return fields.flatMap((field, index) => {
    if (!isPartition(field)) return [`partitionBy[${index}]: expected a partition like day('at'), got something else`]
    const earlier = fields.slice(0, index).filter(isPartition)
    return fieldProblems(columns, field, earlier).map((problem) => `partitionBy: ${problem}`)
  })
}

function fieldProblems(
  columns: { readonly [name: string]: unknown },
  { column: source, transform, name, sources, problems = [] }: PartitionField,
  earlier: readonly PartitionField[],
): string[] {
  const column = Object.hasOwn(columns, source) ? (columns[source] as Column) : undefined
  if (column?.kind !== 'column') return [`there is no column "${source}"`]
  const type = column.type.name
  return [
    ...problems,
    ...(sources.includes(type)
      ? []
      : [`${transform} of "${source}" is not possible: it is ${type}, not ${sources.join(', ')}`]),
    ...(earlier.some((other) => other.name === name) ? [`"${name}" stands there twice`] : []),
    ...(name !== source && Object.hasOwn(columns, name) ? [`"${name}" is also the name of a column`] : []),
  ]
}

function isPartition(value: unknown): value is PartitionField {
  return isObject(value) && value['kind'] === 'partition' && Array.isArray(value['sources'])
}

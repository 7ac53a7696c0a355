import type { Column, TypeName } from './column.ts'
import type { PartitionField } from './partition.ts'

/** The types that a transform takes. https://iceberg.apache.org/spec/#partition-transforms */
const DATES: readonly TypeName[] = ['date', 'timestamp', 'timestamptz']
const SOURCES: { readonly [T in PartitionField['transform']]: readonly TypeName[] } = {
  identity: [
    'boolean',
    'int',
    'long',
    'decimal',
    'date',
    'time',
    'timestamp',
    'timestamptz',
    'string',
    'uuid',
    'binary',
    'fixed',
  ],
  bucket: ['int', 'long', 'decimal', 'date', 'time', 'timestamp', 'timestamptz', 'string', 'uuid', 'binary', 'fixed'],
  truncate: ['int', 'long', 'decimal', 'string', 'binary'],
  year: DATES,
  month: DATES,
  day: DATES,
  hour: ['timestamp', 'timestamptz'],
}

/** Every problem of a table's `partitionBy`, a sentence each. */
export function partitionProblems(columns: object, fields: unknown): string[] {
  if (!Array.isArray(fields)) return ["partitionBy: expected a list of partitions like day('at')"]
  return fields.flatMap((field, index) => {
    if (!isPartition(field)) return [`partitionBy[${index}]: expected a partition like day('at'), got something else`]
    const earlier: readonly unknown[] = fields.slice(0, index)
    return fieldProblems(columns, field, earlier.filter(isPartition)).map((problem) => `partitionBy: ${problem}`)
  })
}

function fieldProblems(columns: object, field: PartitionField, earlier: readonly PartitionField[]): string[] {
  const { column: source, transform, name } = field
  const column = Object.hasOwn(columns, source) ? (columns[source as keyof typeof columns] as Column) : undefined
  if (column?.kind !== 'column') return [`there is no column "${source}"`]
  const problems = settingProblems(field)
  if (!SOURCES[transform].includes(column.type.name)) {
    problems.push(
      `${transform} of "${source}" is not possible: it is ${column.type.name}, not ${SOURCES[transform].join(', ')}`,
    )
  }
  if (earlier.some((other) => other.name === name)) problems.push(`"${name}" stands there twice`)
  if (name !== source && Object.hasOwn(columns, name)) problems.push(`"${name}" is also the name of a column`)
  return problems
}

function settingProblems(field: PartitionField): string[] {
  if (field.transform === 'bucket' && !isCount(field.buckets)) {
    return [`bucket of "${field.column}": expected a number of buckets from 1`]
  }
  if (field.transform === 'truncate' && !isCount(field.width)) {
    return [`truncate of "${field.column}": expected a width from 1`]
  }
  return []
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 2 ** 31
}

function isPartition(value: unknown): value is PartitionField {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'partition') return false
  return 'transform' in value && Object.hasOwn(SOURCES, String(value.transform))
}

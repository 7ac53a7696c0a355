import type { Column, TypeName } from './column.ts'

/**
 * How rows are spread over files: a transform of one column. A read-only plain object; `name` is the partition field's,
 * as Iceberg's own builders choose it. https://iceberg.apache.org/spec/#partition-transforms
 */
export type PartitionField<Name extends string = string> =
  | PlainPartition<Name>
  | BucketPartition<Name>
  | TruncatePartition<Name>

interface PartitionBase<Name extends string> {
  readonly kind: 'partition'
  /** The column that the value is computed from. */
  readonly column: Name
  readonly name: string
  /** The types of column that the transform takes. */
  readonly sources: readonly TypeName[]
  /** What is wrong with its settings; `defineTable` reports it. */
  readonly problems?: readonly string[]
  /**
   * Lists every problem of this partition in its table, one sentence each. A partition carries its own check, so that
   * a bundle without partitions does not include it.
   */
  readonly check: (
    field: PartitionField,
    columns: { readonly [name: string]: unknown },
    earlier: readonly PartitionField[],
  ) => readonly string[]
}

/** The column types that transforms accept. https://iceberg.apache.org/spec/#partition-transforms */
const DATES: readonly TypeName[] = ['date', 'timestamp', 'timestamptz']
const CUTTABLE: readonly TypeName[] = ['int', 'long', 'decimal', 'string', 'binary']
const HASHABLE: readonly TypeName[] = [
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
]

/** Each implies the coarser ones, so Iceberg allows only one per column ("Cannot add redundant partition"). */
const TIMES: readonly PartitionField['transform'][] = ['year', 'month', 'day', 'hour']

/** A transform without settings. */
export interface PlainPartition<Name extends string = string> extends PartitionBase<Name> {
  readonly transform: 'identity' | 'year' | 'month' | 'day' | 'hour'
}

/** A hash of the value, modulo `buckets`. */
export interface BucketPartition<Name extends string = string> extends PartitionBase<Name> {
  readonly transform: 'bucket'
  readonly buckets: number
}

/** The value, cut to `width`: characters of a string, bytes of binary, or the next lower multiple of a number. */
export interface TruncatePartition<Name extends string = string> extends PartitionBase<Name> {
  readonly transform: 'truncate'
  readonly width: number
}

/** A partition for each value of a column. */
export function identity<const Name extends string>(column: Name): PlainPartition<Name> {
  return { ...PARTITION, transform: 'identity', column, name: column, sources: ['boolean', ...HASHABLE] }
}

/** A partition for each year of a date or timestamp, in UTC. */
export function year<const Name extends string>(column: Name): PlainPartition<Name> {
  return { ...PARTITION, transform: 'year', column, name: `${column}_year`, sources: DATES }
}

/** A partition for each month of a date or timestamp, in UTC. */
export function month<const Name extends string>(column: Name): PlainPartition<Name> {
  return { ...PARTITION, transform: 'month', column, name: `${column}_month`, sources: DATES }
}

/** A partition for each day of a date or timestamp, in UTC. */
export function day<const Name extends string>(column: Name): PlainPartition<Name> {
  return { ...PARTITION, transform: 'day', column, name: `${column}_day`, sources: DATES }
}

/** A partition for each hour of a timestamp, in UTC. */
export function hour<const Name extends string>(column: Name): PlainPartition<Name> {
  return { ...PARTITION, transform: 'hour', column, name: `${column}_hour`, sources: ['timestamp', 'timestamptz'] }
}

/** A fixed number of partitions, chosen by a hash of the column. */
export function bucket<const Name extends string>(buckets: number, column: Name): BucketPartition<Name> {
  const problems = countProblems(buckets, `bucket of "${column}": expected a number of buckets from 1`)
  return {
    ...PARTITION,
    transform: 'bucket',
    buckets,
    column,
    name: `${column}_bucket`,
    sources: HASHABLE,
    ...problems,
  }
}

/** A partition for each prefix of a string or binary, or each range of numbers, of `width`. */
export function truncate<const Name extends string>(width: number, column: Name): TruncatePartition<Name> {
  const problems = countProblems(width, `truncate of "${column}": expected a width from 1`)
  return { ...PARTITION, transform: 'truncate', width, column, name: `${column}_trunc`, sources: CUTTABLE, ...problems }
}

function countProblems(count: unknown, problem: string): { readonly problems?: readonly string[] } {
  return Number.isInteger(count) && Number(count) > 0 && Number(count) < 2 ** 31 ? {} : { problems: [problem] }
}

const check: PartitionField['check'] = ({ column: source, transform, name, sources, problems }, columns, earlier) => {
  const column = Object.hasOwn(columns, source) ? (columns[source] as Column) : undefined
  if (column?.kind !== 'column') return [`partitionBy: there is no column "${source}"`]
  const found = [...(problems ?? [])]
  const type = column.type.name
  if (!sources.includes(type)) {
    found.push(`${transform} of "${source}" is not possible: it is ${type}, not ${sources.join(', ')}`)
  }
  if (earlier.some((other) => other.name === name)) found.push(`"${name}" appears twice`)
  const other = timeBefore(source, earlier)
  if (other !== undefined && other !== transform && TIMES.includes(transform)) {
    const both = `${other} and ${transform} of "${source}" cannot be combined`
    found.push(`${both}; use only one of ${TIMES.join(', ')}`)
  }
  if (name !== source && Object.hasOwn(columns, name)) found.push(`"${name}" is also the name of a column`)
  return found.map((problem) => `partitionBy: ${problem}`)
}

/** The year, month, day or hour transform that a column already has. */
function timeBefore(source: string, earlier: readonly PartitionField[]): string | undefined {
  return earlier.find(({ column, transform }) => column === source && TIMES.includes(transform))?.transform
}

const PARTITION = { kind: 'partition', check } as const

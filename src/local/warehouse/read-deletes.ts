import type { SnapshotFile } from './read-files.ts'
import type { IcebergSchema } from './schema.ts'

/** A row as it is in a file, by column name. */
export type ReadRow = { readonly [column: string]: unknown }

/** Reads the rows of a file, or the columns of these ids only. */
export type Read = (file: SnapshotFile, ids?: readonly number[]) => Promise<ReadRow[]>

type IsDeleted = (row: ReadRow, position: number) => boolean

/** Equality deletes of the same columns in the same partition: the newest delete of each key. */
interface KeyedDeletes {
  readonly partition: string | undefined
  readonly columns: readonly string[]
  readonly keys: Map<string, number>
}

/** Reads all deletes, and returns the check for deleted rows of a data file. https://iceberg.apache.org/spec/#scan-planning */
export async function readDeletes(
  files: readonly SnapshotFile[],
  read: Read,
  schema: IcebergSchema,
): Promise<(file: SnapshotFile) => IsDeleted> {
  const keyed = new Map<string, KeyedDeletes>()
  const positions = new Map<string, Set<number>>()
  for (const file of files) {
    if (file.kind === 'position-deletes') await readPositions(file, read, positions)
    else await readKeys(file, { read, schema, keyed })
  }
  return ({ uri, partition, sequenceNumber }) => {
    const own = [...keyed.values()].filter((group) => group.partition === undefined || group.partition === partition)
    const gone = positions.get(uri)
    return (row, position) =>
      gone?.has(position) === true ||
      own.some(({ columns, keys }) => (keys.get(keyOf(row, columns)) ?? Number.NEGATIVE_INFINITY) > sequenceNumber)
  }
}

async function readPositions(file: SnapshotFile, read: Read, positions: Map<string, Set<number>>): Promise<void> {
  for (const { file_path, pos } of await read(file, POSITION_IDS)) {
    const set = positions.get(String(file_path)) ?? new Set<number>()
    positions.set(String(file_path), set.add(Number(pos)))
  }
}

async function readKeys(
  file: SnapshotFile,
  { read, schema, keyed }: { read: Read; schema: IcebergSchema; keyed: Map<string, KeyedDeletes> },
): Promise<void> {
  const { partition, equalityIds: ids, sequenceNumber } = file
  const name = JSON.stringify([partition, ids])
  const columns = schema.fields.filter(({ id }) => ids.includes(id)).map((field) => field.name)
  const group = keyed.get(name) ?? { partition, columns, keys: new Map<string, number>() }
  keyed.set(name, group)
  for (const row of await read(file, ids)) group.keys.set(keyOf(row, columns), sequenceNumber)
}

/** Ids that Iceberg reserves for the columns of position deletes. https://iceberg.apache.org/spec/#reserved-field-ids */
export const POSITION_FIELDS: readonly { readonly id: number; readonly name: string }[] = [
  { id: 2147483546, name: 'file_path' },
  { id: 2147483545, name: 'pos' },
]
const POSITION_IDS = POSITION_FIELDS.map(({ id }) => id)

function keyOf(row: ReadRow, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => keyPart(row[column] ?? null)))
}

/** A column has one type, so a string and a number that print alike are not confused. */
function keyPart(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return value === null ? null : String(value)
}

import { randomUUID } from 'node:crypto'
import type { IcebergPartitionSpec } from '../../artefacts/iceberg-type.ts'
import { allFields, fieldsOf } from '../../table/fields.ts'
import { unreadable } from './failure.ts'
import type { TableLayout } from './layout.ts'
import { FIRST_PARTITION_ID } from './partitions.ts'
import type { IcebergSchema } from './schema.ts'

/** One commit of a table. https://iceberg.apache.org/spec/#snapshots */
export interface Snapshot {
  readonly 'snapshot-id': number
  readonly 'parent-snapshot-id'?: number
  readonly 'sequence-number': number
  readonly 'timestamp-ms': number
  readonly 'manifest-list': string
  readonly summary: SnapshotSummary
  readonly 'schema-id': number
}

/** What a commit did, in counters written as text. https://iceberg.apache.org/spec/#snapshots */
export type SnapshotSummary = {
  readonly operation: 'append' | 'overwrite' | 'delete'
  readonly [counter: string]: string
}

/** Table metadata of format version 2. https://iceberg.apache.org/spec/#table-metadata-fields */
export interface TableMetadata {
  readonly 'format-version': 2
  readonly 'table-uuid': string
  readonly location: string
  readonly 'last-sequence-number': number
  readonly 'last-updated-ms': number
  readonly 'last-column-id': number
  readonly 'current-schema-id': number
  readonly schemas: readonly IcebergSchema[]
  readonly 'default-spec-id': number
  readonly 'partition-specs': readonly IcebergPartitionSpec[]
  readonly 'last-partition-id': number
  readonly 'default-sort-order-id': number
  readonly 'sort-orders': readonly { readonly 'order-id': number; readonly fields: readonly unknown[] }[]
  readonly properties: { readonly [name: string]: string }
  /** -1 before the first snapshot. */
  readonly 'current-snapshot-id': number
  readonly refs: { readonly [name: string]: { readonly 'snapshot-id': number; readonly type: string } }
  readonly snapshots: readonly Snapshot[]
  readonly 'snapshot-log': readonly { readonly 'timestamp-ms': number; readonly 'snapshot-id': number }[]
  readonly 'metadata-log': readonly { readonly 'timestamp-ms': number; readonly 'metadata-file': string }[]
}

/** How many earlier metadata files are kept, Iceberg's default for tables that remove them. */
export const KEPT_VERSIONS = 100

const NO_SNAPSHOT = -1

/** The metadata of a table without rows. */
export function createMetadata({ location, schema, spec, declaration }: TableLayout): TableMetadata {
  const ids = allFields(fieldsOf(declaration)).map(({ id }) => id)
  return {
    'format-version': 2,
    'table-uuid': randomUUID(),
    location,
    'last-sequence-number': 0,
    'last-updated-ms': Date.now(),
    'last-column-id': Math.max(...ids),
    'current-schema-id': schema['schema-id'],
    schemas: [schema],
    'default-spec-id': 0,
    'partition-specs': [spec],
    'last-partition-id': FIRST_PARTITION_ID + spec.fields.length - 1,
    'default-sort-order-id': 0,
    'sort-orders': [{ 'order-id': 0, fields: [] }],
    properties: {
      'write.format.default': 'parquet',
      'write.metadata.delete-after-commit.enabled': 'true',
      'write.metadata.previous-versions-max': String(KEPT_VERSIONS),
    },
    'current-snapshot-id': NO_SNAPSHOT,
    refs: {},
    snapshots: [],
    'snapshot-log': [],
    'metadata-log': [],
  }
}

/** The metadata after one more snapshot. `previousFile` is the URI of the metadata file that it follows. */
export function addSnapshot(metadata: TableMetadata, snapshot: Snapshot, previousFile: string): TableMetadata {
  const { 'snapshot-id': snapshotId, 'timestamp-ms': timestampMs } = snapshot
  const previous = { 'timestamp-ms': metadata['last-updated-ms'], 'metadata-file': previousFile }
  return {
    ...metadata,
    'last-sequence-number': snapshot['sequence-number'],
    'last-updated-ms': timestampMs,
    'current-snapshot-id': snapshotId,
    refs: { ...metadata.refs, main: { 'snapshot-id': snapshotId, type: 'branch' } },
    snapshots: [...metadata.snapshots, snapshot],
    'snapshot-log': [...metadata['snapshot-log'], { 'timestamp-ms': timestampMs, 'snapshot-id': snapshotId }],
    'metadata-log': [...metadata['metadata-log'], previous].slice(-KEPT_VERSIONS),
  }
}

/** The snapshot that readers see; undefined before the first. */
export function currentSnapshot(metadata: TableMetadata): Snapshot | undefined {
  return metadata.snapshots.find((snapshot) => snapshot['snapshot-id'] === metadata['current-snapshot-id'])
}

/** The schema that readers see. */
export function currentSchema(metadata: TableMetadata): IcebergSchema | undefined {
  return metadata.schemas.find((schema) => schema['schema-id'] === metadata['current-schema-id'])
}

/**
 * Reads a metadata file.
 *
 * @throws IcebergRouterError `WarehouseUnavailable`, naming the file, where it is damaged or another program's
 */
export function parseMetadata(bytes: Uint8Array, path: string): TableMetadata {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw unreadable(path, 'it is not valid JSON', cause)
  }
  const problem = findProblem(json)
  if (problem !== undefined) throw unreadable(path, problem)
  return json as TableMetadata
}

function findProblem(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return 'it holds no table metadata'
  const metadata = json as Partial<TableMetadata>
  if (metadata['format-version'] !== 2) return `format-version is ${JSON.stringify(metadata['format-version'])}, not 2`
  const { location, schemas, snapshots } = metadata
  if (typeof location !== 'string' || !Array.isArray(schemas) || !Array.isArray(snapshots)) {
    return 'it lacks location, schemas or snapshots'
  }
  const logs = [metadata['snapshot-log'], metadata['metadata-log']]
  if (!logs.every(Array.isArray)) return 'it lacks its logs'
  if (currentSchema(metadata as TableMetadata) === undefined) return 'its current schema is not in it'
  const ids = [metadata['current-snapshot-id'], metadata['last-sequence-number'], metadata['last-updated-ms']]
  // JSON numbers beyond 2^53 are rounded when they are read: writing them back would lose the snapshot.
  if (!ids.every(Number.isSafeInteger)) return 'another program has written to the table (its ids are not ours)'
  if (metadata['current-snapshot-id'] === NO_SNAPSHOT) return undefined
  return currentSnapshot(metadata as TableMetadata) === undefined ? 'its current snapshot is not in it' : undefined
}

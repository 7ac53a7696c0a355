import { randomUUID } from 'node:crypto'
import type { IcebergPartitionSpec } from '../../artefacts/iceberg-type.ts'
import { parseExactly } from '../../firehose/exact.ts'
import { allFields, fieldsOf } from '../../table/fields.ts'
import { unreadable } from './failure.ts'
import { FIRST_PARTITION_ID } from './partitions.ts'
import type { IcebergSchema } from './schema.ts'
import type { TableLayout } from './table-layout.ts'
import { inflateMetadata } from './version-file.ts'

/** The id of a snapshot: ours are numbers, other programs' mostly beyond 2^53 and then bigints, so that they stay exact. */
export type SnapshotId = number | bigint

/** One commit of a table. https://iceberg.apache.org/spec/#snapshots */
export interface Snapshot {
  readonly 'snapshot-id': SnapshotId
  readonly 'parent-snapshot-id'?: SnapshotId
  readonly 'sequence-number': number
  readonly 'timestamp-ms': number
  readonly 'manifest-list': string
  readonly summary: SnapshotSummary
  readonly 'schema-id': number
}

/** What a commit did, as counters written as strings. https://iceberg.apache.org/spec/#snapshots */
export type SnapshotSummary = {
  readonly operation: 'append' | 'overwrite' | 'delete' | 'replace'
  readonly [counter: string]: string
}

/** What a branch or a tag points to; other programs add how long its snapshots are kept. */
export interface SnapshotRef {
  readonly 'snapshot-id': SnapshotId
  readonly type: string
  readonly [retention: string]: unknown
}

/** Table metadata of format version 2. What other programs add to it is kept. https://iceberg.apache.org/spec/#table-metadata-fields */
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
  readonly properties?: { readonly [name: string]: string }
  /** -1 before the first snapshot. */
  readonly 'current-snapshot-id': SnapshotId
  readonly refs?: { readonly [name: string]: SnapshotRef }
  readonly snapshots: readonly Snapshot[]
  readonly statistics?: readonly { readonly 'snapshot-id': SnapshotId }[]
  readonly 'partition-statistics'?: readonly { readonly 'snapshot-id': SnapshotId }[]
  readonly 'snapshot-log': readonly { readonly 'timestamp-ms': number; readonly 'snapshot-id': SnapshotId }[]
  readonly 'metadata-log': readonly { readonly 'timestamp-ms': number; readonly 'metadata-file': string }[]
}

/** How many earlier metadata files are kept by default, as in Iceberg's own library. */
export const KEPT_VERSIONS = 100
const KEPT_VERSIONS_PROPERTY = 'write.metadata.previous-versions-max'

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
      [KEPT_VERSIONS_PROPERTY]: String(KEPT_VERSIONS),
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
    refs: { ...metadata.refs, main: { ...metadata.refs?.['main'], 'snapshot-id': snapshotId, type: 'branch' } },
    snapshots: [...metadata.snapshots, snapshot],
    'snapshot-log': [...metadata['snapshot-log'], { 'timestamp-ms': timestampMs, 'snapshot-id': snapshotId }],
    'metadata-log': [...metadata['metadata-log'], previous].slice(-keptVersions(metadata)),
  }
}

/** How many earlier metadata files a table keeps, by its own property. */
function keptVersions({ properties }: TableMetadata): number {
  const count = Number(properties?.[KEPT_VERSIONS_PROPERTY] ?? KEPT_VERSIONS)
  return Number.isSafeInteger(count) ? Math.max(1, count) : KEPT_VERSIONS
}

/** The snapshot that readers see; undefined before the first. */
export function currentSnapshot(metadata: TableMetadata): Snapshot | undefined {
  return metadata.snapshots.find((snapshot) => snapshot['snapshot-id'] === metadata['current-snapshot-id'])
}

/** The schema that readers see. */
export function currentSchema(metadata: TableMetadata): IcebergSchema | undefined {
  return metadata.schemas.find((schema) => schema['schema-id'] === metadata['current-schema-id'])
}

/** The partition spec of new files. */
export function currentSpec(metadata: TableMetadata): IcebergPartitionSpec | undefined {
  return metadata['partition-specs'].find((spec) => spec['spec-id'] === metadata['default-spec-id'])
}

/**
 * Reads a metadata file, gzip or not. Numbers beyond 2^53 become bigints: those are other programs' ids.
 *
 * @throws IcebergRouterError `WarehouseUnavailable`, naming the file, if it is damaged or of a kind that is not written here
 */
export function parseMetadata(bytes: Uint8Array, path: string): TableMetadata {
  let json: unknown
  try {
    json = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(inflateMetadata(bytes)))
  } catch (cause) {
    throw unreadable(path, 'it is not valid JSON', cause)
  }
  const problem = findProblem(json)
  if (problem !== undefined) throw unreadable(path, problem)
  return json as TableMetadata
}

/** The exact reading takes ten times as long, and our own metadata has no long numbers. */
function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? parseExactly(text) : JSON.parse(text)
}

function findProblem(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return 'it holds no table metadata'
  const metadata = json as Partial<TableMetadata>
  if (metadata['format-version'] !== 2) {
    return `format-version is ${JSON.stringify(metadata['format-version'])}, and only 2 is written here`
  }
  const { location, schemas, snapshots, 'partition-specs': specs } = metadata
  if (typeof location !== 'string' || ![schemas, snapshots, specs].every(Array.isArray)) {
    return 'it lacks location, schemas, partition-specs or snapshots'
  }
  const logs = [metadata['snapshot-log'], metadata['metadata-log']]
  if (!logs.every(Array.isArray)) return 'it lacks its logs'
  return findMissing(metadata as TableMetadata)
}

function findMissing(metadata: TableMetadata): string | undefined {
  if (currentSchema(metadata) === undefined) return 'its current schema is not in it'
  if (currentSpec(metadata) === undefined) return 'its default partition spec is not in it'
  const counters = [metadata['last-sequence-number'], metadata['last-updated-ms']]
  if (!counters.every(Number.isSafeInteger)) return 'its last-sequence-number or last-updated-ms is not a whole number'
  if ((metadata['current-snapshot-id'] ?? NO_SNAPSHOT) === NO_SNAPSHOT) return undefined
  const snapshot = currentSnapshot(metadata)
  if (snapshot === undefined) return 'its current snapshot is not in it'
  return typeof snapshot['manifest-list'] === 'string' ? undefined : 'its current snapshot has no manifest list'
}

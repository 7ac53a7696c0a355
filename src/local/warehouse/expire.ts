import { ENGINE } from './summary.ts'
import type { Snapshot, SnapshotId, TableMetadata } from './table-metadata.ts'

/** The least number of our snapshots that a table keeps. When there are twice as many, the older half is removed. */
export const KEPT_SNAPSHOTS = 100

/**
 * Chooses the snapshots that the next commit removes, so that commits do not become slower: ours, in the history of `main`, that
 * are older than the newest 100. Snapshots of other programs, of branches and tags, with statistics, or that the table's settings
 * for expiry protect, are kept.
 */
export function expiredSnapshots(metadata: TableMetadata): readonly Snapshot[] {
  if (metadata.snapshots.length < 2 * KEPT_SNAPSHOTS || metadata.properties?.['gc.enabled'] === 'false') return []
  const kept = keptIds(metadata)
  const newest = Math.max(KEPT_SNAPSHOTS, setting(metadata, 'min-snapshots-to-keep') ?? 0)
  const maxAgeMs = setting(metadata, 'max-snapshot-age-ms')
  const youngestMs = maxAgeMs === undefined ? Number.POSITIVE_INFINITY : Date.now() - maxAgeMs
  return ancestors(metadata, metadata['current-snapshot-id'])
    .slice(newest)
    .filter((snapshot) => !kept.has(snapshot['snapshot-id']) && snapshot.summary?.['engine-name'] === ENGINE)
    .filter((snapshot) => snapshot['timestamp-ms'] < youngestMs)
}

/** The metadata without some snapshots. The log ends where its snapshots do, as in Iceberg's own library. */
export function withoutSnapshots(metadata: TableMetadata, expired: readonly Snapshot[]): TableMetadata {
  if (expired.length === 0) return metadata
  const ids = new Set(expired.map((snapshot) => snapshot['snapshot-id']))
  const log = metadata['snapshot-log']
  const lastGone = log.findLastIndex((entry) => ids.has(entry['snapshot-id']))
  return {
    ...metadata,
    snapshots: metadata.snapshots.filter((snapshot) => !ids.has(snapshot['snapshot-id'])),
    'snapshot-log': log.slice(lastGone + 1),
  }
}

function keptIds(metadata: TableMetadata): ReadonlySet<SnapshotId> {
  const { refs = {}, statistics = [], 'partition-statistics': partitionStatistics = [] } = metadata
  const branches = Object.entries(refs).filter(([name]) => name !== 'main')
  const fromBranches = branches.flatMap(([, ref]) => ancestors(metadata, ref['snapshot-id']))
  return new Set([...fromBranches, ...statistics, ...partitionStatistics].map((owner) => owner['snapshot-id']))
}

/** A setting of the branch `main`, or of the table. */
function setting(
  { refs, properties }: TableMetadata,
  name: 'min-snapshots-to-keep' | 'max-snapshot-age-ms',
): number | undefined {
  const value = Number(refs?.['main']?.[name] ?? properties?.[`history.expire.${name}`] ?? Number.NaN)
  return Number.isNaN(value) ? undefined : value
}

/** A snapshot and those before it, the newest first. */
function ancestors({ snapshots }: TableMetadata, from: SnapshotId): readonly Snapshot[] {
  const byId = new Map(snapshots.map((snapshot) => [snapshot['snapshot-id'], snapshot]))
  const found: Snapshot[] = []
  for (let next = byId.get(from); next !== undefined; next = byId.get(next['parent-snapshot-id'] ?? -1)) {
    byId.delete(next['snapshot-id'])
    found.push(next)
  }
  return found
}

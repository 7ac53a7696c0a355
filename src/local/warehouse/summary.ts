import type { FileContent } from './manifest.ts'
import type { SnapshotSummary } from './table-metadata.ts'

/** One file of a commit, as the counters see it. */
export interface CountedFile {
  readonly content: FileContent
  readonly rows: number
  readonly sizeBytes: number
  /** The same text for the same partition. */
  readonly partition: string
}

/** Names the writer of a snapshot, as Iceberg's summaries do; only our own snapshots expire. */
export const ENGINE = 'firehose-iceberg-router'

/** Summarises a commit and, with the counters of the snapshot before it, the table. https://iceberg.apache.org/spec/#optional-snapshot-summary-fields */
export function summarise(files: readonly CountedFile[], previous: SnapshotSummary | undefined): SnapshotSummary {
  const data = files.filter(({ content }) => content === 'data')
  const deletes = files.filter(({ content }) => content === 'deletes')
  const added = {
    'data-files': data.length,
    'delete-files': deletes.length,
    records: total(data, 'rows'),
    'files-size': total(files, 'sizeBytes'),
    'equality-deletes': total(deletes, 'rows'),
    'position-deletes': 0,
  }
  const summary: { operation: SnapshotSummary['operation']; [counter: string]: string } = {
    operation: deletes.length === 0 ? 'append' : data.length === 0 ? 'delete' : 'overwrite',
    'engine-name': ENGINE,
    'changed-partition-count': String(new Set(files.map(({ partition }) => partition)).size),
  }
  for (const [counter, count] of Object.entries(added)) {
    if (count > 0) summary[`added-${counter}`] = String(count)
    const before = previous === undefined ? '0' : previous[`total-${counter}`]
    // If another program did not count a total, ours would be wrong from then on.
    if (before !== undefined) summary[`total-${counter}`] = String(count + Number(before))
  }
  if (deletes.length > 0) summary['added-equality-delete-files'] = String(deletes.length)
  return summary
}

/** A counter of a snapshot; 0 if it does not have one. */
export function readCounter(summary: SnapshotSummary | undefined, counter: string): number {
  return Number(summary?.[counter] ?? 0)
}

function total(files: readonly CountedFile[], figure: 'rows' | 'sizeBytes'): number {
  return files.reduce((sum, file) => sum + file[figure], 0)
}

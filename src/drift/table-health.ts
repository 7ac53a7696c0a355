import { IcebergRouterError } from '../error.ts'
import { type Difference, note } from './difference.ts'
import { type JsonRecord, toList, toRecord } from './json-record.ts'

/** How a table is doing: what its metadata file says, and what a month at this rate adds. */
export interface TableHealth {
  readonly snapshots: number
  /** The size of the metadata file itself, in bytes, unpacked. */
  readonly metadataBytes: number
  /** What each snapshot adds to every later metadata file, in bytes. */
  readonly bytesPerSnapshot: number
  readonly dataFiles: number
  readonly deleteFiles: number
  /** The mean size of a data or delete file, in bytes; undefined for a table without files. */
  readonly meanFileBytes: number | undefined
  /** Commits a day, from the times of the snapshots; undefined with fewer than two. */
  readonly commitsPerDay: number | undefined
  /** Undefined if the rate is not known. */
  readonly month: MonthOfGrowth | undefined
  readonly findings: readonly Difference[]
}

/** What 30 days at the present rate add. */
export interface MonthOfGrowth {
  readonly commits: number
  /** Bytes of `metadata.json` files; manifests come on top. */
  readonly metadataBytes: number
  /** What these bytes cost a month in S3 Standard, in dollars. */
  readonly dollars: number
}

const DAYS = 30
const DAY_MS = 86_400_000
/** S3 Standard in us-east-1, first 50 TB, a GB-month. https://aws.amazon.com/s3/pricing/ */
const DOLLARS_PER_GB = 0.023
const DEFAULT_VERSIONS = 100
/** Above so many snapshots, planning a query and every commit get slow. */
const MANY_SNAPSHOTS = 2000
/** Below this mean size, a query opens more files than it reads. */
const SMALL_FILE = 16 * 2 ** 20
const MANY_FILES = 100

/**
 * Reads the health of a table from its metadata file.
 *
 * @param json the parsed metadata file
 * @param name the table as commands name it, `database.table`
 * @throws IcebergRouterError `InvalidOptions` if the JSON is something else
 */
export function tableHealth(json: unknown, name: string): TableHealth {
  const metadata = toRecord(json)
  if (typeof metadata['format-version'] !== 'number' || typeof metadata['location'] !== 'string') {
    throw new IcebergRouterError(
      'InvalidOptions',
      `the metadata of ${name}: expected an Iceberg metadata file with format-version and location, got something else`,
    )
  }
  const snapshots = toList(metadata['snapshots']).map(toRecord)
  const metadataBytes = JSON.stringify(json).length
  const perSnapshot = toList(metadata['snapshot-log'])
  const bytesPerSnapshot =
    snapshots.length === 0
      ? 0
      : Math.round((JSON.stringify(snapshots).length + JSON.stringify(perSnapshot).length) / snapshots.length)
  const files = filesOf(metadata, snapshots)
  const commitsPerDay = rateOf(snapshots)
  const size = { metadataBytes, bytesPerSnapshot }
  const month = commitsPerDay === undefined ? undefined : growth(metadata, snapshots.length, { ...size, commitsPerDay })
  const known = { snapshots: snapshots.length, ...size, ...files, commitsPerDay, month }
  return { ...known, findings: findingsOf(metadata, known, name) }
}

function filesOf(
  metadata: JsonRecord,
  snapshots: readonly JsonRecord[],
): Pick<TableHealth, 'dataFiles' | 'deleteFiles' | 'meanFileBytes'> {
  const current = snapshots.find((snapshot) => snapshot['snapshot-id'] === metadata['current-snapshot-id'])
  const summary = toRecord(current?.['summary'])
  const counter = (key: string): number => Number(summary[key] ?? 0)
  const [dataFiles, deleteFiles] = [counter('total-data-files'), counter('total-delete-files')]
  const count = dataFiles + deleteFiles
  return {
    dataFiles,
    deleteFiles,
    meanFileBytes: count === 0 ? undefined : Math.round(counter('total-files-size') / count),
  }
}

function rateOf(snapshots: readonly JsonRecord[]): number | undefined {
  const times = snapshots.map((snapshot) => Number(snapshot['timestamp-ms'])).sort((a, b) => a - b)
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  return times.length < 2 || last <= first ? undefined : ((times.length - 1) / (last - first)) * DAY_MS
}

/**
 * Each commit writes the whole metadata file again. Without removal of old files, a month adds all of them; with it, only the
 * newest stay. Without expiry, each file is one snapshot longer than the one before.
 */
function growth(
  metadata: JsonRecord,
  snapshots: number,
  {
    metadataBytes,
    bytesPerSnapshot,
    commitsPerDay,
  }: { metadataBytes: number; bytesPerSnapshot: number; commitsPerDay: number },
): MonthOfGrowth {
  const commits = Math.round(commitsPerDay * DAYS)
  const longer = isExpired(metadata, snapshots) ? 0 : bytesPerSnapshot
  const kept = keptVersions(metadata)
  // Files from the one after the newest `gone` to the last: an arithmetic series.
  const added = kept === undefined ? commits : Math.min(commits, kept)
  const firstIndex = commits - added + 1
  const written = added * metadataBytes + (longer * added * (firstIndex + commits)) / 2
  const replaced = kept === undefined ? 0 : Math.min(toList(metadata['metadata-log']).length, added) * metadataBytes
  const bytes = Math.max(0, Math.round(written - replaced))
  return { commits, metadataBytes: bytes, dollars: (bytes / 1e9) * DOLLARS_PER_GB }
}

/** Fewer snapshots than commits: something removes them. */
function isExpired(metadata: JsonRecord, snapshots: number): boolean {
  return Number(metadata['last-sequence-number'] ?? 0) > snapshots
}

/** How many old metadata files stay; undefined for all. */
function keptVersions(metadata: JsonRecord): number | undefined {
  const properties = toRecord(metadata['properties'])
  if (String(properties['write.metadata.delete-after-commit.enabled']) !== 'true') return undefined
  return Number(properties['write.metadata.previous-versions-max'] ?? DEFAULT_VERSIONS) || DEFAULT_VERSIONS
}

function findingsOf(metadata: JsonRecord, health: Omit<TableHealth, 'findings'>, name: string): readonly Difference[] {
  const found: Difference[] = []
  if (keptVersions(metadata) === undefined) {
    found.push(
      note('properties', {
        what: 'write.metadata.delete-after-commit.enabled is not true',
        consequence: 'old metadata files are never removed, and each lists all snapshots',
        remedy: `Spark: ALTER TABLE ${name} SET TBLPROPERTIES ('write.metadata.delete-after-commit.enabled'='true', 'write.metadata.previous-versions-max'='100')`,
      }),
    )
  }
  if (health.snapshots > MANY_SNAPSHOTS || (health.snapshots > 100 && !isExpired(metadata, health.snapshots))) {
    found.push(
      note('snapshots', {
        what: `there are ${health.snapshots.toLocaleString('en-US')} snapshots, and ${isExpired(metadata, health.snapshots) ? 'few were' : 'none was'} ever removed`,
        consequence: 'every commit writes all of them again, and their files stay',
        remedy: `Athena: VACUUM ${name}; or \`aws glue create-table-optimizer --type retention …\` (toTableOptimizers prints the call)`,
      }),
    )
  }
  const { dataFiles, deleteFiles, meanFileBytes } = health
  const isFragmented = dataFiles + deleteFiles > MANY_FILES && (meanFileBytes ?? SMALL_FILE) < SMALL_FILE
  if (isFragmented || deleteFiles > Math.max(MANY_FILES, dataFiles)) {
    found.push(
      note('files', {
        what: `${dataFiles.toLocaleString('en-US')} data and ${deleteFiles.toLocaleString('en-US')} delete files`,
        consequence: 'a query opens each of them, and applies every delete file to the data files before it',
        remedy: `Athena: OPTIMIZE ${name} REWRITE DATA USING BIN_PACK; or \`aws glue create-table-optimizer --type compaction …\``,
      }),
    )
  }
  return found
}

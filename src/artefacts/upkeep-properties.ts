/** How long snapshots stay for queries of the past: the default of Iceberg, Glue and Athena. */
export const SNAPSHOT_DAYS = 5
/** How many snapshots stay, whatever their age. */
export const SNAPSHOTS = 1
/** How many old metadata files stay; each one lists all snapshots. */
const METADATA_FILES = 100
/** The size that compaction aims at. */
export const FILE_MIB = 512

const DAY_SECONDS = 86_400
const fileBytes = String(FILE_MIB * 2 ** 20)

/** What Athena's `VACUUM` and `OPTIMIZE` read, under the names that its `CREATE TABLE` takes. */
export const ATHENA_UPKEEP: { readonly [name: string]: string } = {
  vacuum_max_snapshot_age_seconds: String(SNAPSHOT_DAYS * DAY_SECONDS),
  vacuum_min_snapshots_to_keep: String(SNAPSHOTS),
  vacuum_max_metadata_files_to_keep: String(METADATA_FILES),
  write_target_data_file_size_bytes: fileBytes,
}

/**
 * The properties with which a table stays usable. Without the first two, every commit leaves a metadata file that lists all
 * snapshots, and old ones are never removed. https://iceberg.apache.org/docs/latest/configuration/
 */
export const UPKEEP_PROPERTIES: { readonly [name: string]: string } = {
  // Firehose writes data files in Parquet only.
  'write.format.default': 'parquet',
  'write.metadata.delete-after-commit.enabled': 'true',
  'write.metadata.previous-versions-max': String(METADATA_FILES),
  'write.target-file-size-bytes': fileBytes,
  'history.expire.max-snapshot-age-ms': String(SNAPSHOT_DAYS * DAY_SECONDS * 1000),
  'history.expire.min-snapshots-to-keep': String(SNAPSHOTS),
  ...ATHENA_UPKEEP,
}

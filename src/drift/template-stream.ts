import { breaking, type Difference, note } from './difference.ts'
import { type JsonRecord, toRecord } from './json-record.ts'

/** The interval at which commits stay few enough for a table that is not compacted all the time. */
const CALM_SECONDS = 300
const DAY_SECONDS = 86_400

/** Looks for traps in the Iceberg destination of a delivery stream. */
export function streamTraps(properties: JsonRecord): readonly Difference[] {
  if (properties['IcebergDestinationConfiguration'] === undefined) return []
  const destination = toRecord(properties['IcebergDestinationConfiguration'])
  const found: Difference[] = []
  const seconds = toRecord(destination['BufferingHints'])['IntervalInSeconds']
  if (typeof seconds === 'number' && seconds < CALM_SECONDS) {
    const commits = Math.round(DAY_SECONDS / Math.max(1, seconds))
    found.push(
      note('BufferingHints.IntervalInSeconds', {
        what: `the buffer is ${seconds} s, so that each table gets up to ${commits.toLocaleString('en-US')} commits a day`,
        consequence: 'every commit adds a snapshot to the metadata file, and small data files',
        remedy: `use ${CALM_SECONDS} s or more unless readers need the rows earlier, and run compaction and retention`,
      }),
    )
  }
  for (const name of ['SchemaEvolutionConfiguration', 'TableCreationConfiguration']) {
    if (toRecord(destination[name])['Enabled'] !== true) continue
    found.push(
      note(name, {
        what: 'it is enabled',
        consequence:
          'it belonged to the preview of database sources, which was withdrawn; what it does to other sources is not documented',
        remedy: 'remove it, and create and change tables from the template',
      }),
    )
  }
  if (toRecord(destination['CloudWatchLoggingOptions'])['Enabled'] !== true) {
    found.push(
      note('CloudWatchLoggingOptions', {
        what: 'logging is not enabled',
        consequence:
          'failed deliveries are visible only as objects in the error bucket: one table was without delivery for five weeks',
        remedy: 'set Enabled, LogGroupName and LogStreamName, and alarm on the log',
      }),
    )
  }
  if (destination['S3Configuration'] === undefined) {
    found.push(
      breaking('S3Configuration', {
        what: 'there is no bucket for failed records',
        consequence: 'Firehose refuses the stream',
        remedy: 'set S3Configuration with a BucketARN and a RoleARN',
      }),
    )
  }
  return found
}

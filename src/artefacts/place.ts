import { IcebergRouterError } from '../error.ts'
import { isDatabaseName } from '../firehose/names.ts'
import { quote } from '../options.ts'

/** Where to create a table. */
export interface Place {
  readonly database: string
  /** The folder of the table's files, an `s3://` URL. */
  readonly location: string
}

/** Finds the problem of a database's name. */
export function databaseProblems(database: unknown): string[] {
  if (isDatabaseName(database)) return []
  return [`database: expected 1 to 252 lower-case letters, digits or underscores, got ${quote(database)}`]
}

/** Finds the problem of a table's folder. */
export function locationProblems(location: unknown): string[] {
  if (typeof location === 'string' && /^s3:\/\/[a-z0-9.-]{3,63}\/\S*$/.test(location)) return []
  return [`location: expected an S3 folder like s3://bucket/folder/, got ${quote(location)}`]
}

/**
 * Throws if an artefact has problems.
 *
 * @throws IcebergRouterError `InvalidOptions`, with all problems in it
 */
export function refuseProblems(artefact: string, problems: readonly string[]): void {
  if (problems.length > 0)
    throw new IcebergRouterError('InvalidOptions', `no ${artefact} can be written:`, { problems })
}

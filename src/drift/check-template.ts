import { IcebergRouterError } from '../error.ts'
import { breaking, type Difference } from './difference.ts'
import { type JsonRecord, toRecord, toText } from './json-record.ts'
import { icebergInputTraps } from './template-schema.ts'
import { streamTraps } from './template-stream.ts'

/** A resource of a template, and the traps that are in it. */
export interface CheckedResource {
  /** The logical id. */
  readonly resource: string
  readonly type: string
  readonly traps: readonly Difference[]
}

/**
 * Looks for known traps in the Iceberg tables and Firehose streams of any CloudFormation template. Values that are
 * known only at deployment, such as `{ "Ref": … }`, are not looked at.
 *
 * @param where the file that it comes from, for messages
 * @throws IcebergRouterError `InvalidOptions` if the JSON is not a template
 */
export function checkTemplate(json: unknown, where = 'the JSON'): CheckedResource[] {
  const resources = toRecord(json)['Resources']
  if (typeof resources !== 'object' || resources === null || Array.isArray(resources)) {
    throw new IcebergRouterError(
      'InvalidOptions',
      `${where}: expected a CloudFormation template (an object with Resources), got ${Array.isArray(json) ? 'a list' : 'something else'}`,
    )
  }
  return Object.entries(resources).flatMap(([resource, value]) => {
    const { Type, Properties } = toRecord(value)
    const find = CHECKS[toText(Type) ?? '']
    return find === undefined ? [] : [{ resource, type: toText(Type) ?? '', traps: find(toRecord(Properties)) }]
  })
}

const CHECKS: { readonly [type: string]: (properties: JsonRecord) => readonly Difference[] } = {
  'AWS::Glue::Table': tableTraps,
  'AWS::KinesisFirehose::DeliveryStream': streamTraps,
}

function tableTraps(properties: JsonRecord): readonly Difference[] {
  const format = properties['OpenTableFormatInput']
  if (format === undefined) return hiveTraps(properties)
  const iceberg = toRecord(toRecord(format)['IcebergInput'])
  const input = iceberg['IcebergTableInput']
  const beside = properties['TableInput'] !== undefined
  return [
    ...(beside ? [besideTrap(input !== undefined)] : []),
    ...versionTraps(iceberg['Version']),
    ...(input === undefined ? [] : icebergInputTraps(toRecord(input))),
  ]
}

function besideTrap(hasBoth: boolean): Difference {
  const words = {
    what: 'TableInput is beside OpenTableFormatInput',
    remedy:
      'move name, columns, location and properties to IcebergInput.IcebergTableInput and Name; `ddl --format cloudformation` writes it so',
  }
  if (hasBoth) {
    return breaking('TableInput', {
      ...words,
      consequence: 'Glue refuses the table: metadata is expected in one of the two places',
    })
  }
  return breaking('TableInput', {
    ...words,
    consequence:
      'the table is created, but the first update of the stack erases table_type and metadata_location: Athena says HIVE_UNSUPPORTED_FORMAT, Firehose Iceberg.NoSuchTable',
  })
}

/** A table without `OpenTableFormatInput` may still claim to be an Iceberg table. */
function hiveTraps(properties: JsonRecord): readonly Difference[] {
  const parameters = toRecord(toRecord(properties['TableInput'])['Parameters'])
  if (toText(parameters['table_type'])?.toUpperCase() !== 'ICEBERG') return []
  if (parameters['metadata_location'] === undefined) {
    return [
      breaking('TableInput.Parameters', {
        what: 'table_type is ICEBERG, but there is no metadata_location and no OpenTableFormatInput',
        consequence: 'no metadata file is written: the table is a hollow name, and Firehose does not find it',
        remedy: 'create it with OpenTableFormatInput; `ddl --format cloudformation` writes it',
      }),
    ]
  }
  return [
    breaking('TableInput.Parameters.metadata_location', {
      what: 'the template has a metadata_location',
      consequence:
        'every update of the stack points the table back to this old file: what was committed since is lost to readers',
      remedy: 'create the table with OpenTableFormatInput, which leaves metadata_location to the commits',
    }),
  ]
}

function versionTraps(version: unknown): readonly Difference[] {
  const text = typeof version === 'number' ? String(version) : toText(version)
  if (text === undefined || text === '2') return []
  return [
    breaking('OpenTableFormatInput.IcebergInput.Version', {
      what: `the format version is ${text}`,
      consequence: 'Firehose and Athena write version 2 only',
      remedy: 'set Version to "2"; a table that exists has to be made again',
    }),
  ]
}

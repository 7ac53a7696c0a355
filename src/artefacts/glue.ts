import type { Table } from '../table/table.ts'
import { type PlainPrimitive, primitiveParts, toHiveType } from './hive.ts'
import { toIcebergSchema } from './iceberg.ts'
import type { IcebergField, IcebergPrimitive, IcebergType } from './iceberg-type.ts'
import { locationProblems, refuseProblems } from './place.ts'

/** A column of a Glue table. https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html */
export interface GlueColumn {
  readonly Name: string
  readonly Type: string
  readonly Comment?: string
  readonly Parameters: { readonly [name: string]: string }
}

/** The part of a Glue table that describes its columns. */
export interface GlueStorageDescriptor {
  readonly Columns: readonly GlueColumn[]
  readonly Location: string
}

/**
 * Writes a table's `StorageDescriptor` as Iceberg's own Glue catalog does when it commits. It is only
 * for people to read: a table cannot be created from it, because a Glue table is an Iceberg table through the metadata file
 * that its `metadata_location` names.
 * https://github.com/apache/iceberg/blob/main/aws/src/main/java/org/apache/iceberg/aws/glue/IcebergToGlueConverter.java
 *
 * @throws IcebergRouterError `InvalidOptions` for a location or a comment that Glue refuses
 */
export function toGlueStorageDescriptor(table: Table, options: { readonly location: string }): GlueStorageDescriptor {
  const { fields } = toIcebergSchema(table)
  refuseProblems(`storage descriptor of table ${table.name}`, [
    ...locationProblems(options.location),
    ...commentProblems(fields),
  ])
  return { Columns: fields.map(toGlueColumn), Location: options.location }
}

/** Spells a type as the Glue catalog shows it. */
export function toGlueType(type: IcebergType): string {
  return toHiveType(type, '', { fieldName: (name) => name, primitive: gluePrimitive })
}

/** Finds comments that Glue refuses: it accepts 255 characters in one line. */
export function commentProblems(fields: readonly IcebergField[]): string[] {
  return fields.flatMap(({ name, doc = '' }) => {
    if (/^[\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]{0,255}$/u.test(doc)) return []
    return [`column ${name}: expected a doc of at most 255 characters in one line, the most that Glue accepts`]
  })
}

function toGlueColumn({ id, name, required, type, doc }: IcebergField): GlueColumn {
  return {
    Name: name,
    Type: toGlueType(type),
    ...(doc === undefined ? {} : { Comment: doc }),
    Parameters: {
      'iceberg.field.id': String(id),
      'iceberg.field.optional': String(!required),
      'iceberg.field.current': 'true',
    },
  }
}

/** Spells a primitive type. Glue has fewer types than Iceberg: its string may be a time or a uuid. */
const GLUE_NAMES: { readonly [Name in PlainPrimitive]: string } = {
  binary: 'binary',
  boolean: 'boolean',
  date: 'date',
  double: 'double',
  float: 'float',
  int: 'int',
  long: 'bigint',
  string: 'string',
  time: 'string',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  uuid: 'string',
}

function gluePrimitive(type: IcebergPrimitive): string {
  const parts = primitiveParts(type)
  if (parts.name === 'decimal') return `decimal(${parts.precision},${parts.scale})`
  return parts.name === 'fixed' ? 'binary' : GLUE_NAMES[parts.name]
}

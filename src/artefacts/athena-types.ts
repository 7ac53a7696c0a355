import { primitiveParts } from './hive.ts'
import type { IcebergPrimitive } from './iceberg-type.ts'

const ELSEWHERE = 'or create the table from its Iceberg schema (Terraform, CloudFormation, Spark)'

/**
 * Spells a primitive type in Athena's DDL; a type that Athena cannot create becomes a problem.
 * https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html
 */
export function athenaPrimitive(type: IcebergPrimitive, path: string, problems: string[]): string {
  const parts = primitiveParts(type)
  switch (parts.name) {
    case 'decimal':
      return `decimal(${parts.precision},${parts.scale})`
    case 'long':
      return 'bigint'
    case 'binary':
    case 'boolean':
    case 'date':
    case 'double':
    case 'float':
    case 'int':
    case 'string':
    case 'timestamp':
      return parts.name
    case 'timestamptz':
      problems.push(missing(path, 'creates only timestamps without a zone', 'use timestamp(), which holds UTC'))
      return type
    case 'time':
      problems.push(missing(path, 'has no time of day', 'use string()'))
      return type
    case 'fixed':
      problems.push(missing(path, 'does not support fixed', 'use binary()'))
      return type
    case 'uuid':
      problems.push(missing(path, 'does not document uuid', 'use string()'))
      return type
  }
}

function missing(path: string, what: string, instead: string): string {
  return `column ${path}: Athena's CREATE TABLE ${what}; ${instead}, ${ELSEWHERE}`
}

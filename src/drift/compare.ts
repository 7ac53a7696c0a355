import { fieldsOf } from '../table/fields.ts'
import type { Table } from '../table/table.ts'
import type { ActualTable } from './actual.ts'
import { compareFields } from './compare-fields.ts'
import { compareKeys } from './compare-keys.ts'
import { comparePartition } from './compare-partition.ts'
import { breaking, type Difference, note } from './difference.ts'
import { joinOptionalNotes } from './field-difference.ts'
import { uncheckedNote } from './unchecked.ts'

/**
 * Finds every difference between a declared table and one that exists, and says what each of them does to records in
 * production.
 */
export function compareTable(declared: Table, actual: ActualTable): Difference[] {
  const format = compareFormat(actual)
  // Firehose cannot open such a table, so its columns do not matter.
  if (format.some(({ severity }) => severity === 'breaking')) return format
  const fields = compareFields(fieldsOf(declared), actual.columns, { path: '', source: actual.source })
  return [
    ...format,
    ...joinOptionalNotes(fields).map((difference) => {
      return actual.dropped.includes(difference.path) ? { ...difference, what: 'dropped from the table' } : difference
    }),
    ...compareKeys(declared, actual),
    ...comparePartition(declared, actual),
    ...uncheckedNote(declared, actual),
  ]
}

/** The difference of a table that does not exist. */
export function missingTable(name: string, where: string): Difference {
  return breaking('', {
    what: `there is no table ${name} in ${where}`,
    consequence: 'every record for it goes to the error bucket (Iceberg.NoSuchTable)',
    remedy: 'create it: firehose-iceberg ddl prints how',
  })
}

/** The note for a declared table that the output does not mention. */
export function unseenTable(where: string): Difference {
  return note('', {
    what: `not checked: ${where} describes another table`,
    consequence: 'nothing is known about it',
    remedy: 'check against `aws glue get-tables --database-name …`, which prints all of them',
  })
}

function compareFormat({ notIceberg, formatVersion }: ActualTable): Difference[] {
  if (notIceberg !== undefined) {
    return [
      breaking('', {
        what: `not an Iceberg table: ${notIceberg}`,
        consequence: 'every record for it goes to the error bucket (Iceberg.NoSuchTable)',
        remedy: 'create an Iceberg table of this name (firehose-iceberg ddl), or route to another one',
      }),
    ]
  }
  if (formatVersion === undefined || formatVersion === 2) return []
  const newer = formatVersion > 2
  return [
    breaking('', {
      what: `Iceberg format version ${formatVersion}, Firehose writes version 2`,
      consequence: newer
        ? 'Firehose documents version 2 only: expect every record in the error bucket'
        : 'every record for it goes to the error bucket (Iceberg.NoSuchTable)',
      remedy: newer
        ? 'create the table with version 2'
        : "upgrade it, in Spark: ALTER TABLE … SET TBLPROPERTIES ('format-version'='2')",
    }),
  ]
}

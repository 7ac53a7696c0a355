import type { IcebergField } from '../artefacts/iceberg-type.ts'
import { isoToMicros } from '../table/iso.ts'
import { UsageError } from './command.ts'
import { toPlain, toText } from './format-value.ts'

/** Checks whether a stored row is wanted. */
export type RowFilter = (row: { readonly [column: string]: unknown }) => boolean

const NUMBER = /^(int|long|float|double|decimal.*)$/

/**
 * Reads conditions such as `id=7`; all of them have to hold. Numbers and times are compared by their value, other values
 * as strings. `column=null` finds rows without a value.
 *
 * @throws UsageError for a condition without `=`, or a column that the table does not have
 */
export function parseWhere(conditions: readonly string[], fields: readonly IcebergField[]): RowFilter {
  const tests = conditions.map((condition) => parseCondition(condition, fields))
  return (row) => tests.every((test) => test(row))
}

function parseCondition(condition: string, fields: readonly IcebergField[]): RowFilter {
  const split = condition.indexOf('=')
  if (split < 1) throw new UsageError(`--where: expected column=value, got ${condition}`)
  const [name, wanted] = [condition.slice(0, split), condition.slice(split + 1)]
  const field = fields.find((field) => field.name === name)
  if (field === undefined) {
    throw new UsageError(
      `--where: there is no column ${name}; there are ${fields.map((field) => field.name).join(', ')}`,
    )
  }
  const isWanted = compileComparison(field, wanted)
  return (row) => isWanted(row[name] ?? null)
}

function compileComparison({ type }: IcebergField, wanted: string): (value: unknown) => boolean {
  const isText = (value: unknown): boolean => toText(toPlain(value, type)) === wanted
  if (type === 'timestamp' || type === 'timestamptz') {
    const micros = isoToMicros(wanted, type === 'timestamptz')
    return typeof micros === 'number' ? (value) => value !== null && Number(value) === micros : isText
  }
  if (typeof type === 'string' && NUMBER.test(type) && wanted.trim() !== '' && !Number.isNaN(Number(wanted))) {
    // As a string first: a JavaScript number cannot hold 64 bits exactly.
    return (value) => isText(value) || (isShort(wanted) && value !== null && toNumber(value, type) === Number(wanted))
  }
  return isText
}

/** Checks that a JavaScript number holds all digits exactly. */
function isShort(digits: string): boolean {
  return digits.replace(/\D/g, '').length < 16
}

function toNumber(value: unknown, type: IcebergField['type']): number {
  return Number(toText(toPlain(value, type)))
}

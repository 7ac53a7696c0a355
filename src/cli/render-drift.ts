import type { Difference } from '../drift/difference.ts'
import type { CheckedTable } from './find-tables.ts'

/** Prints the result of a check: for each table its differences, their consequences and what to do. */
export function renderDrift(checked: readonly CheckedTable[]): string {
  const paragraphs = checked.map((table) => renderTable(table, 'as declared'))
  return `${[...paragraphs, conclusion(checked)].join('\n\n')}\nWhich engines read such tables: docs/readers.md of this package.\n`
}

/** Prints the traps of a template in the same form. */
export function renderTraps(checked: readonly CheckedTable[]): string {
  const paragraphs = checked.map((table) => renderTable(table, 'no trap'))
  const breaks = countBreaking(checked)
  const notes = checked.reduce((sum, { differences }) => sum + differences.length, 0) - breaks
  const found = `${count(breaks, 'trap')} that break${breaks === 1 ? 's' : ''} delivery, ${count(notes, 'note')}`
  return `${[...paragraphs, `${count(checked.length, 'resource')} checked: ${found}.`].join('\n\n')}\n`
}

/** Counts the differences that lose or change data. */
export function countBreaking(checked: readonly CheckedTable[]): number {
  return checked.flatMap(({ differences }) => differences).filter(({ severity }) => severity === 'breaking').length
}

function renderTable({ table, differences }: CheckedTable, fine: string): string {
  if (differences.length === 0) return `${table}: ${fine}`
  const sorted = [...differences].sort((one, other) => rank(one) - rank(other))
  return [`${table}:`, ...sorted.map((difference) => renderDifference(difference))].join('\n')
}

/** Prints one difference: what, consequence, what to do. */
export function renderDifference({ severity, path, what, consequence, remedy }: Difference): string {
  const label = severity === 'breaking' ? 'BREAKS' : 'note  '
  const indent = ' '.repeat(10)
  return [
    `  ${label}  ${path === '' ? '' : `${path}: `}${what}`,
    `${indent}${severity === 'breaking' ? 'in production: ' : ''}${consequence}`,
    `${indent}to do: ${remedy}`,
  ].join('\n')
}

function conclusion(checked: readonly CheckedTable[]): string {
  const breaks = countBreaking(checked)
  const notes = checked.reduce((sum, { differences }) => sum + differences.length, 0) - breaks
  const tables = count(checked.length, 'table')
  if (breaks === 0) return `${tables} checked: nothing breaks${notes === 0 ? '' : `, ${count(notes, 'note')}`}.`
  return `${tables} checked: ${count(breaks, 'difference')} break${breaks === 1 ? 's' : ''} delivery, ${count(notes, 'note')}.`
}

function rank({ severity }: Difference): number {
  return severity === 'breaking' ? 0 : 1
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`
}

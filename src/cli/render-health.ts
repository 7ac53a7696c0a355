import type { TableHealth } from '../drift/table-health.ts'
import { renderDifference } from './render-drift.ts'

/** A table and its health. */
export interface NamedHealth {
  readonly table: string
  readonly health: TableHealth
}

/** Prints the health of tables: numbers first, then what to do. */
export function renderHealth(tables: readonly NamedHealth[]): string {
  return `${tables.map(renderOne).join('\n\n')}\n`
}

function renderOne({ table, health }: NamedHealth): string {
  const { snapshots, metadataBytes, bytesPerSnapshot, dataFiles, deleteFiles, meanFileBytes, month } = health
  const mean = meanFileBytes === undefined ? '' : `, ${size(meanFileBytes)} each`
  return [
    `${table}:`,
    `  snapshots  ${number(snapshots)}, ${size(bytesPerSnapshot)} each in a metadata file of ${size(metadataBytes)}`,
    `  files      ${number(dataFiles)} data, ${number(deleteFiles)} delete${mean}`,
    month === undefined
      ? '  a month    not known: there are fewer than two snapshots'
      : `  a month    ${number(month.commits)} commits add ${size(month.metadataBytes)} of metadata files: $${month.dollars.toFixed(2)} a month in S3`,
    ...health.findings.map(renderDifference),
  ].join('\n')
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** A size in powers of ten, as bills count. */
function size(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toPrecision(3)} ${UNITS[power]}`
}

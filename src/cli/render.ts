import type { Delivered, RefusedLines, TableChange } from './deliver-file.ts'
import type { FailedLines } from './failures.ts'
import { renderReaders, shorten } from './readers.ts'
import { countRecords, type RecordCounts } from './result.ts'
import { renderTable } from './table-text.ts'

/** What the summary needs besides the delivery itself. */
export interface RenderOptions {
  readonly errors: string
  /** Lines that the handler printed and that were not shown. */
  readonly printed: number
}

/** Prints the summary of a delivery. */
export function renderDelivery(delivered: Delivered, { errors, printed }: RenderOptions): string {
  const { tables, interruptedAfter, failures, refused } = delivered
  const counts = countRecords(delivered)
  const paragraphs = [
    interruptedAfter === undefined ? '' : `Interrupted after line ${interruptedAfter}; what was read is delivered.`,
    headline(counts, delivered.durationMs),
    indented(['table', 'rows', 'new', 'files', 'snapshot'], tables.map(tableCells)),
    failures.length === 0 ? '' : renderFailures(failures, counts, errors),
    refused.count === 0 ? '' : renderRefused(refused),
    printed === 0 ? '' : `The handler printed ${count(printed, 'line')}; --verbose shows them.`,
    renderLook(tables),
  ]
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`
}

function headline(counts: RecordCounts, durationMs: number): string {
  const { reingestedArrivals, reingested } = counts
  const again =
    reingestedArrivals === 0 ? '' : ` and ${number(reingestedArrivals)} that were put back and arrived again`
  const parts = [
    `${count(counts.records, 'record')}${again}: ${number(counts.delivered)} delivered`,
    `${number(counts.dropped)} dropped`,
    ...(reingested === 0 ? [] : [`${number(reingested)} reingested`]),
    `${number(counts.failed)} failed`,
  ]
  return `${parts.join(', ')}, in ${(durationMs / 1000).toFixed(1)} s`
}

function tableCells({ before, after }: TableChange): string[] {
  const { database, table, rows, files, snapshotId } = after
  const change = rows - before.rows
  return [
    `${database}.${table}`,
    number(rows),
    `${change < 0 ? '' : '+'}${number(change)}`,
    number(files),
    String(snapshotId ?? 'none yet'),
  ]
}

function renderFailures(
  failures: readonly FailedLines[],
  { failed, deadLettered }: RecordCounts,
  errors: string,
): string {
  const cells = failures.map(({ code, count, lines, reason }) => {
    return [code, number(count), `${lines.join(', ')}${count > lines.length ? ', …' : ''}`, reason]
  })
  const places = [
    ...(failed > deadLettered ? [`in ${shorten(errors)}`] : []),
    ...(deadLettered > 0 ? [`${number(deadLettered)} in the dead-letter table`] : []),
  ]
  return `Failed records are ${places.join(', and ')}:\n${indented(['code', 'records', 'lines', 'reason'], cells)}`
}

function renderRefused({ count: total, first }: RefusedLines): string {
  const lines = first.map(({ line, reason }) => `  line ${line}: ${reason}`)
  const more = total > first.length ? [`  and ${number(total - first.length)} more`] : []
  return `Firehose would refuse ${count(total, 'line')}:\n${[...lines, ...more].join('\n')}`
}

function renderLook(tables: readonly TableChange[]): string {
  // Users want to see the rows that have just arrived.
  const changed = tables.find(({ before, after }) => after.rows > 0 && after.version !== before.version)
  const first = changed ?? tables.find(({ after }) => after.rows > 0)
  return first === undefined ? 'No table has a row yet.' : renderReaders(first.after)
}

function indented(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return renderTable(header, rows, undefined).text.replace(/^/gm, '  ')
}

function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

import {
  createLocalFirehose,
  createWarehouse,
  type LocalFirehose,
  type Source,
  type Summary,
  type TableState,
} from '../local/index.ts'
import type { FailedLine } from './failures.ts'
import type { LineFile } from './lines.ts'
import type { LoadedHandler } from './load-handler.ts'
import { createProgressBar } from './progress.ts'
import type { Terminal } from './terminal.ts'

/** A table before and after a delivery. */
export interface TableChange {
  readonly before: TableState
  readonly after: TableState
}

/** What a delivery of a file has done. */
export interface Delivered {
  readonly summary: Summary
  readonly tables: readonly TableChange[]
  readonly failed: readonly FailedLine[]
  readonly durationMs: number
  /** The line after which Ctrl-C came; undefined where the file was read to its end. */
  readonly interruptedAfter: number | undefined
}

/** Where from and where to. */
export interface DeliveryOptions {
  readonly file: LineFile
  readonly loaded: LoadedHandler
  readonly warehouse: string
  readonly errors: string
  readonly source: Source
}

/**
 * Delivers the lines of a file through a local Firehose, one record a line. Ctrl-C stops reading; what was read is
 * delivered.
 */
export async function deliverFile(options: DeliveryOptions, terminal: Terminal): Promise<Delivered> {
  const { file, loaded } = options
  const startedAt = Date.now()
  const lineNumbers: number[] = []
  const failed: FailedLine[] = []
  const warehouse = createWarehouse({ folder: options.warehouse })
  const opened = await Promise.all(loaded.tables.map(({ database, table }) => warehouse.openTable(database, table)))
  const before = opened.map((table) => table.state())
  const firehose = await createLocalFirehose({
    handler: loaded.handler,
    warehouse,
    tables: loaded.tables,
    errors: options.errors,
    source: options.source,
    onFailure: (failure) => failed.push({ line: lineNumbers[failure.sequence] ?? 0, failure }),
  })
  const interruptedAfter = await putLines(firehose, { file, lineNumbers }, terminal)
  const summary = await firehose.close()
  const reopened = await Promise.all(loaded.tables.map(({ database, table }) => warehouse.openTable(database, table)))
  const tables = reopened.map((table, index) => ({ before: before[index] ?? table.state(), after: table.state() }))
  return { summary, tables, failed, durationMs: Date.now() - startedAt, interruptedAfter }
}

/** Puts one line after the other; returns the last one where Ctrl-C came. */
async function putLines(
  firehose: LocalFirehose,
  { file, lineNumbers }: { file: LineFile; lineNumbers: number[] },
  terminal: Terminal,
): Promise<number | undefined> {
  let interrupted = false
  const forget = terminal.onInterrupt(() => {
    interrupted = true
  })
  const bar = createProgressBar(terminal)
  try {
    for await (const { number, text } of file.lines) {
      lineNumbers.push(number)
      // SES ends every event with a newline, so it is part of the record here too.
      await firehose.put(`${text}\n`)
      bar.update(file.readBytes() / file.sizeBytes, `${number} lines`)
      if (interrupted) return number
    }
    return undefined
  } finally {
    bar.clear()
    forget()
  }
}

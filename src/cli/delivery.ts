import { isIcebergRouterError } from '../error.ts'
import {
  type CatalogTable,
  createLocalFirehose,
  createWarehouse,
  type LocalFirehose,
  type Source,
  type Summary,
  type TableState,
  type Warehouse,
} from '../local/index.ts'
import type { FailedLine } from './failures.ts'
import type { Line, LineFile } from './lines.ts'
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
  /** Lines that Firehose would not take at all, and why: they are in no error object. */
  readonly refused: readonly RefusedLine[]
  readonly durationMs: number
  /** The line after which Ctrl-C came; undefined where the file was read to its end. */
  readonly interruptedAfter: number | undefined
  /** What stopped the delivery: a full disk, a folder that cannot be written. */
  readonly stoppedBy: unknown
}

/** A line that is no record: larger than 1,000 KiB. */
export interface RefusedLine {
  readonly line: number
  readonly reason: string
}

/** Where from and where to. */
export interface DeliveryOptions {
  readonly file: LineFile
  readonly loaded: LoadedHandler
  readonly warehouse: string
  readonly errors: string
  readonly source: Source
}

/** What is noted while lines are on their way. */
interface Notes {
  /** The line of every record that was put, in their order. */
  readonly lines: number[]
  readonly failed: FailedLine[]
  readonly refused: RefusedLine[]
  interruptedAfter: number | undefined
}

/**
 * Delivers the lines of a file through a local Firehose, one record a line. Ctrl-C stops reading; what was read is
 * delivered. Where something cannot be written, it stops and tells what was committed before.
 */
export async function deliverFile(options: DeliveryOptions, terminal: Terminal): Promise<Delivered> {
  const startedAt = Date.now()
  const { tables } = options.loaded
  const warehouse = createWarehouse({ folder: options.warehouse })
  const before = await readStates(warehouse, tables)
  const notes: Notes = { lines: [], failed: [], refused: [], interruptedAfter: undefined }
  const firehose = await openFirehose(options, warehouse, notes)
  const stoppedBy = await attempt(async () => {
    await putLines(firehose, options.file, notes, terminal)
    await firehose.close()
  })
  const after = await readStates(warehouse, tables)
  const changes = after.map((state, index) => ({ before: before[index] ?? state, after: state }))
  return { ...notes, summary: firehose.summary(), tables: changes, durationMs: Date.now() - startedAt, stoppedBy }
}

/** What the work threw, where it did. */
async function attempt(work: () => Promise<void>): Promise<unknown> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error
  }
}

async function readStates(warehouse: Warehouse, tables: readonly CatalogTable[]): Promise<TableState[]> {
  return Promise.all(tables.map(async ({ database, table }) => (await warehouse.openTable(database, table)).state()))
}

async function openFirehose(
  { loaded, errors, source }: DeliveryOptions,
  warehouse: Warehouse,
  notes: Notes,
): Promise<LocalFirehose> {
  return createLocalFirehose({
    handler: loaded.handler,
    warehouse,
    tables: loaded.tables,
    errors,
    source,
    onFailure: (failure) => notes.failed.push({ line: notes.lines[failure.sequence] ?? 0, failure }),
  })
}

/** Puts one line after the other, until the file ends or Ctrl-C comes. */
async function putLines(firehose: LocalFirehose, file: LineFile, notes: Notes, terminal: Terminal): Promise<void> {
  let interrupted = false
  const forget = terminal.onInterrupt(() => {
    interrupted = true
  })
  const bar = createProgressBar(terminal)
  try {
    for await (const line of file.lines) {
      await putLine(firehose, line, notes)
      bar.update(file.readBytes() / file.sizeBytes, `${line.number} lines`)
      if (interrupted) {
        notes.interruptedAfter = line.number
        return
      }
    }
  } finally {
    bar.clear()
    forget()
  }
}

async function putLine(firehose: LocalFirehose, { number, text }: Line, notes: Notes): Promise<void> {
  notes.lines.push(number)
  try {
    // SES ends every event with a newline, so it is part of the record here too.
    await firehose.put(`${text}\n`)
  } catch (error) {
    // Any other error comes after the record was taken, and is the end of this delivery.
    if (!isIcebergRouterError(error) || error.code !== 'InvalidEvent') throw error
    notes.lines.pop()
    notes.refused.push({ line: number, reason: error.message })
  }
}

import { Buffer } from 'node:buffer'
import { tooLargeRecord } from '../local/firehose/record.ts'
import {
  createLocalFirehose,
  createWarehouse,
  type DeliverySummary,
  type LocalFirehose,
  type Source,
  type Warehouse,
} from '../local/index.ts'
import { type CountedTable, countTables } from './count-tables.ts'
import { createFailureGroups, type FailedLines, type FailureGroups } from './failures.ts'
import { createLineNumbers, type LineNumbers } from './line-numbers.ts'
import type { Line, LineFile } from './lines.ts'
import type { LoadedHandler } from './load-handler.ts'
import { createProgressBar } from './progress.ts'
import type { Terminal } from './terminal.ts'

/** A table before and after a delivery. */
export interface TableChange {
  readonly before: CountedTable
  readonly after: CountedTable
}

/** The result of delivering a file. */
export interface Delivered {
  readonly summary: DeliverySummary
  readonly tables: readonly TableChange[]
  readonly failures: readonly FailedLines[]
  /** Lines that Firehose would not take at all: they are in no error object. */
  readonly refused: RefusedLines
  readonly durationMs: number
  /** The line after which Ctrl-C came; undefined if the file was read to its end. */
  readonly interruptedAfter: number | undefined
  /** What stopped the delivery: a full disk, a folder that cannot be written, a file that cannot be read on. */
  readonly stoppedBy: unknown
}

/** Lines that are no record, because they are larger than 1,000 KiB. */
export interface RefusedLines {
  readonly count: number
  /** The first of them, and why. */
  readonly first: readonly { readonly line: number; readonly reason: string }[]
}

/** Where from and where to. */
export interface DeliveryOptions {
  readonly file: LineFile
  readonly loaded: LoadedHandler
  readonly warehouse: string
  readonly errors: string
  readonly source: Source
}

/** What is noted while lines are on their way: nothing that grows with the file. */
interface Notes {
  readonly numbers: LineNumbers
  readonly failures: FailureGroups
  readonly refused: { count: number; readonly first: { line: number; reason: string }[] }
  interruptedAfter: number | undefined
}

const MAX_REFUSED_LINES = 10

/**
 * Delivers the lines of a file through a local Firehose, one record a line. Ctrl-C stops reading; what was read is
 * delivered. If something cannot be read or written, it stops, and what was read before is delivered as far as it can be.
 */
export async function deliverFile(options: DeliveryOptions, terminal: Terminal): Promise<Delivered> {
  const startedAt = Date.now()
  const { tables } = options.loaded
  const warehouse = createWarehouse({ folder: options.warehouse })
  const before = await countTables(warehouse, tables)
  const notes: Notes = {
    numbers: createLineNumbers(),
    failures: createFailureGroups(),
    refused: { count: 0, first: [] },
    interruptedAfter: undefined,
  }
  const firehose = await openFirehose(options, warehouse, notes)
  const broken = await attempt(() => putLines(firehose, options.file, notes, terminal))
  const unwritten = await attempt(() => firehose.close())
  const after = await countTables(warehouse, tables)
  const changes = after.map((state, index) => ({ before: before[index] ?? state, after: state }))
  const { refused, interruptedAfter } = notes
  return {
    summary: firehose.summary(),
    tables: changes,
    failures: notes.failures.list(),
    refused,
    interruptedAfter,
    durationMs: Date.now() - startedAt,
    stoppedBy: broken ?? unwritten,
  }
}

/** What the work threw, if it did. */
async function attempt(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error
  }
}

async function openFirehose(
  { loaded, errors, source }: DeliveryOptions,
  warehouse: Warehouse,
  { numbers, failures }: Notes,
): Promise<LocalFirehose> {
  return createLocalFirehose({
    handler: loaded.handler,
    warehouse,
    tables: loaded.tables,
    errors,
    source,
    // Never the target's own client: a command that tries something on this machine does not write to AWS.
    reingest: 'loopback',
    onFailure: (failure) => failures.add(numbers.lineOf(failure.sequence), failure),
  })
}

/** Puts one line after the other, until the file ends or Ctrl-C comes. */
async function putLines(firehose: LocalFirehose, file: LineFile, notes: Notes, terminal: Terminal): Promise<void> {
  let [interrupted, last] = [false, 0]
  const forget = terminal.onInterrupt(() => {
    interrupted = true
    file.stop()
  })
  const bar = createProgressBar(terminal)
  try {
    for await (const line of file.lines) {
      last = line.number
      await putLine(firehose, line, notes)
      bar.update(file.sizeBytes && file.readBytes() / file.sizeBytes, `${last} lines`)
      if (interrupted) break
    }
  } catch (error) {
    // The file was closed under its reader.
    if (!interrupted) throw error
  } finally {
    bar.clear()
    forget()
  }
  if (interrupted) notes.interruptedAfter = last
}

const LF = Buffer.from('\n')

async function putLine(firehose: LocalFirehose, { number, sizeBytes, bytes }: Line, notes: Notes): Promise<void> {
  if (bytes !== undefined) {
    notes.numbers.add(number)
    // SES ends every event with a newline, so it is part of the record here too.
    return firehose.put(Buffer.concat([bytes, LF]))
  }
  notes.refused.count++
  if (notes.refused.first.length >= MAX_REFUSED_LINES) return
  notes.refused.first.push({ line: number, reason: tooLargeRecord(sizeBytes + LF.length).message })
}

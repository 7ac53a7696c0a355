import { IcebergRouterError, isIcebergRouterError } from '../error.ts'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { readPlain } from './compression.ts'
import { cutLines, type Line } from './cut-lines.ts'
import { type Input, openInput } from './input.ts'
import { refuseDocuments } from './refuse-documents.ts'

export type { Line }

/** A file that is read line by line. */
export interface LineFile extends Pick<Input, 'sizeBytes' | 'readBytes'> {
  readonly lines: AsyncIterable<Line>
  /** Ends the lines, even while the next one is awaited. */
  readonly stop: () => void
}

/**
 * Opens a file of JSON Lines, a pipe, or the standard input as `-`, and waits for its first line.
 *
 * @throws IcebergRouterError `InvalidOptions` if there is no such file, or it does not consist of lines; later, if reading fails
 */
export async function openLines(path: string): Promise<LineFile> {
  const { stream, ...progress } = openInput(path, 'a file of events, one JSON object a line')
  // The LF is part of the record, so it needs one byte of the limit.
  const lines = cutLines(readPlain(stream, path), MAX_RECORD_BYTES - 1)
  const explained = explainErrors(refuseDocuments(lines, path), path)
  const first = await explained.next()
  return { ...progress, lines: startWith(first, explained), stop: () => void stream.destroy() }
}

async function* startWith(first: IteratorResult<Line>, lines: AsyncGenerator<Line>): AsyncGenerator<Line> {
  if (first.done === true) return
  yield first.value
  yield* lines
}

/** Adds the file and the line to errors of reading. */
async function* explainErrors(lines: AsyncIterable<Line>, path: string): AsyncGenerator<Line, undefined> {
  let last = 0
  try {
    for await (const line of lines) {
      last = line.number
      yield line
    }
  } catch (cause) {
    if (isIcebergRouterError(cause)) throw cause
    const where = last === 0 ? '' : ` after line ${last}`
    throw new IcebergRouterError('InvalidOptions', `${path} cannot be read${where}`, { cause })
  }
}

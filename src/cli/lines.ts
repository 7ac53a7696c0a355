import { createReadStream, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { IcebergRouterError } from '../error.ts'

/** A line of a file that is not blank. */
export interface Line {
  /** From 1, as editors count. */
  readonly number: number
  readonly text: string
}

/** A file that is read line by line. */
export interface LineFile {
  readonly sizeBytes: number
  /** How much of the file has been read so far, for a progress bar. */
  readonly readBytes: () => number
  readonly lines: AsyncIterable<Line>
}

/**
 * Opens a file of lines.
 *
 * @throws IcebergRouterError `InvalidOptions` where there is no such file
 */
export function openLines(path: string): LineFile {
  const sizeBytes = sizeOf(path)
  const stream = createReadStream(path)
  return { sizeBytes, readBytes: () => stream.bytesRead, lines: readLines(stream) }
}

function sizeOf(path: string): number {
  try {
    const stats = statSync(path)
    if (stats.isFile()) return stats.size
  } catch (cause) {
    throw new IcebergRouterError(
      'InvalidOptions',
      `there is no file ${path}: expected events, one JSON object a line`,
      { cause },
    )
  }
  throw new IcebergRouterError(
    'InvalidOptions',
    `${path} is a folder: expected a file of events, one JSON object a line`,
  )
}

async function* readLines(stream: NodeJS.ReadableStream): AsyncIterable<Line> {
  let number = 0
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (text.trim() !== '') yield { number, text }
  }
}

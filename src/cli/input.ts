import { createReadStream, readFileSync, readSync, type Stats, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { IcebergRouterError } from '../error.ts'

/** An input that is read as a stream. */
export interface Input {
  readonly stream: Readable
  /** Undefined for a pipe, whose size is unknown. */
  readonly sizeBytes: number | undefined
  /** How much has been read so far, for a progress bar. */
  readonly readBytes: () => number
}

/** The names of the standard input, which is read by its descriptor: if it is a socket, a name cannot open it. */
const STDIN = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'])

/**
 * Opens a file, a pipe (`<(command)`) or, as `-`, the standard input.
 *
 * @param expected the expected content, for the message
 * @throws IcebergRouterError `InvalidOptions` if there is no such file, or it is a folder
 */
export function openInput(path: string, expected: string): Input {
  if (STDIN.has(path)) return { stream: process.stdin, sizeBytes: undefined, readBytes: () => 0 }
  const stats = statOf(path, expected)
  const stream = createReadStream(path)
  return { stream, sizeBytes: stats.isFile() ? stats.size : undefined, readBytes: () => stream.bytesRead }
}

/** Reads all bytes of a file, a pipe or the standard input at once. */
export function readAll(path: string): Buffer {
  return STDIN.has(path) ? readStdin() : readFileSync(path)
}

function statOf(path: string, expected: string): Stats {
  let stats: Stats
  try {
    stats = statSync(path)
  } catch (cause) {
    throw new IcebergRouterError('InvalidOptions', `there is no file ${path}: expected ${expected}`, { cause })
  }
  if (!stats.isDirectory()) return stats
  throw new IcebergRouterError('InvalidOptions', `${path} is a folder: expected ${expected}`)
}

const CHUNK_BYTES = 65_536
const PAUSE_MS = 10

function readStdin(): Buffer {
  const chunks: Buffer[] = []
  for (;;) {
    const chunk = Buffer.alloc(CHUNK_BYTES)
    const length = readOnce(chunk)
    if (length === 0) return Buffer.concat(chunks)
    if (length !== undefined) chunks.push(chunk.subarray(0, length))
  }
}

/** Reads some bytes, and returns their number; undefined if the writer of a pipe is not ready, for which Node throws. */
function readOnce(chunk: Buffer): number | undefined {
  try {
    return readSync(0, chunk)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EOF') return 0
    if (code !== 'EAGAIN') throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    return undefined
  }
}

import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { IcebergRouterError } from '../error.ts'

/** Kinds of files that are not lines of UTF-8: the first bytes, and the command that converts them. */
const OTHERS: readonly (readonly [name: string, start: readonly number[], remedy: string])[] = [
  ['UTF-16', [0xff, 0xfe], 'iconv -f UTF-16 -t UTF-8'],
  ['UTF-16', [0xfe, 0xff], 'iconv -f UTF-16 -t UTF-8'],
  ['UTF-16', [0x7b, 0x00], 'iconv -f UTF-16LE -t UTF-8'],
  ['UTF-16', [0x00, 0x7b], 'iconv -f UTF-16BE -t UTF-8'],
  ['compressed with zstd', [0x28, 0xb5, 0x2f, 0xfd], 'zstd -dc'],
  ['compressed with bzip2', [0x42, 0x5a, 0x68], 'bzip2 -dc'],
  ['compressed with xz', [0xfd, 0x37, 0x7a, 0x58], 'xz -dc'],
  ['compressed with snappy', [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e], 'snzip -dc'],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04], 'unzip -p'],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31], 'duckdb -c "COPY (FROM …) TO … (FORMAT json)"'],
]
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const GZIP = [0x1f, 0x8b]
/** The length of the longest start. */
const PEEK_BYTES = 8

/** Whether bytes are packed by gzip. */
export function isGzip(bytes: Buffer): boolean {
  return begins(bytes, GZIP)
}

/**
 * Reads the bytes of a file of JSON Lines: unpacked if they are gzipped, and without a byte order mark.
 *
 * @throws IcebergRouterError `InvalidOptions` for bytes of another kind, with the command that converts them
 */
export async function* readPlain(stream: Readable, path: string): AsyncGenerator<Buffer> {
  const { start, chunks } = await peek(stream)
  if (!isGzip(start)) return yield* withoutMark(start, chunks, path)
  const unpacked = await peek(unpack(chunks))
  yield* withoutMark(unpacked.start, unpacked.chunks, path)
}

async function* withoutMark(start: Buffer, chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  for (const [name, bytes, remedy] of OTHERS) {
    if (begins(start, bytes)) {
      const advice = `expected JSON Lines in UTF-8, one JSON object a line; convert it with: ${remedy}`
      throw new IcebergRouterError('InvalidOptions', `${path} is ${name}: ${advice}`)
    }
  }
  let skip = begins(start, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0
  for await (const chunk of chunks) {
    yield chunk.subarray(skip)
    skip = 0
  }
}

/** Reads the first bytes of a source, and returns them with all bytes, the first ones included. */
async function peek(source: AsyncIterable<Buffer>): Promise<{ start: Buffer; chunks: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]()
  let start: Buffer = Buffer.alloc(0)
  let done = false
  while (start.length < PEEK_BYTES && !done) {
    const next = await iterator.next()
    done = next.done === true
    if (!done) start = Buffer.concat([start, next.value])
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start
    while (!done) {
      const next = await iterator.next()
      if (next.done === true) return
      yield next.value
    }
  }
  return { start, chunks: chunks() }
}

/** Unpacks gzip without `pipeline`, which would end the standard input. */
async function* unpack(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const fill = async (): Promise<void> => {
    for await (const chunk of chunks) if (!gunzip.write(chunk)) await once(gunzip, 'drain')
    gunzip.end()
  }
  fill().catch((error: unknown) => gunzip.destroy(error as Error))
  yield* gunzip as AsyncIterable<Buffer>
}

function begins(bytes: Buffer, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

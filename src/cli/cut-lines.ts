/** A line of a file that is not blank. */
export interface Line {
  /** From 1, as editors count. */
  readonly number: number
  readonly sizeBytes: number
  /** Undefined for a line over the limit, of which only the size is kept. */
  readonly bytes: Buffer | undefined
}

const LF = 0x0a
const CR = 0x0d

/**
 * Cuts bytes into lines at LF only: a record is bytes, and only its handler may interpret them. A CR before the LF belongs to
 * the line's end. Blank lines are counted but not returned.
 *
 * @param maxBytes the bytes of a longer line are not kept in memory
 */
export async function* cutLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let number = 1
  let pending = startLine(maxBytes)
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      pending.add(chunk.subarray(from, end))
      const line = pending.finish(number++)
      if (line !== undefined) yield line
      pending = startLine(maxBytes)
      from = end + 1
    }
    pending.add(chunk.subarray(from))
  }
  const last = pending.finish(number)
  if (last !== undefined) yield last
}

interface PendingLine {
  readonly add: (part: Buffer) => void
  /** Undefined for a blank line. */
  readonly finish: (number: number) => Line | undefined
}

function startLine(maxBytes: number): PendingLine {
  let parts: Buffer[] = []
  let sizeBytes = 0
  return {
    add(part) {
      sizeBytes += part.length
      // One byte more, for a CR.
      if (sizeBytes <= maxBytes + 1) parts.push(part)
      else parts = []
    },
    finish(number) {
      if (sizeBytes > maxBytes + 1) return { number, sizeBytes, bytes: undefined }
      const all = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
      const bytes = all[all.length - 1] === CR ? all.subarray(0, -1) : all
      if (isBlank(bytes)) return undefined
      return { number, sizeBytes: bytes.length, bytes: bytes.length > maxBytes ? undefined : bytes }
    },
  }
}

/** Checks for spaces, tabs and CRs: all white space of JSON besides LF. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === CR)
}

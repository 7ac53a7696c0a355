const MAGIC = 0xfd2fb528
/** The magic numbers of frames that are skipped end in any digit. */
const SKIPPABLE = 0x184d2a50
const DICTIONARY_BYTES = [0, 1, 2, 4] as const
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const
const RUN = 1

/**
 * Checks whether zstd data ends where its last frame ends. Node 22 returns what a part of a frame holds without an error.
 * https://www.rfc-editor.org/rfc/rfc8878#section-3
 */
export function isWholeZstd(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  do {
    const end = endOfFrame(view, at)
    if (end === undefined || end > bytes.length) return false
    at = end
  } while (at < bytes.length)
  return true
}

/** Where a frame ends, which may be beyond the data; undefined if its head is not there. */
function endOfFrame(view: DataView, start: number): number | undefined {
  if (start + 8 > view.byteLength) return undefined
  const magic = view.getUint32(start, true)
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) return start + 8 + view.getUint32(start + 4, true)
  if (magic !== MAGIC) return undefined
  const descriptor = view.getUint8(start + 4)
  const isSingleSegment = (descriptor & 32) !== 0
  const dictionaryBytes = DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3]
  const contentSizeBytes = CONTENT_SIZE_BYTES[(descriptor >> 6) as 0 | 1 | 2 | 3]
  const oneByteSize = isSingleSegment && contentSizeBytes === 0 ? 1 : 0
  let at = start + 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + contentSizeBytes + oneByteSize
  for (;;) {
    if (at + 3 > view.byteLength) return undefined
    const head = view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
    const isRun = ((head >> 1) & 3) === RUN
    at += 3 + (isRun ? 1 : head >> 3)
    if ((head & 1) === 1) return at + ((descriptor & 4) !== 0 ? 4 : 0)
  }
}

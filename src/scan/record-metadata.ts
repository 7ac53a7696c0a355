import type { Buffer } from '../firehose/buffer.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import { partitionKeyOf } from '../firehose/stream-source.ts'
import { quote } from '../table/quote.ts'
import { MAX_METADATA_BYTES, type MetadataCell } from './route-program.ts'

/** Writes the cells that come from the record itself; false if a value is missing or too long for the scanner. */
export function writeMetadata(bytes: Buffer, cells: readonly MetadataCell[], record: FirehoseRecord): boolean {
  for (const { name, at, lengthAt } of cells) {
    const text = name === 'recordId' ? record.recordId : partitionKeyOf(record)
    // A code unit takes at most three bytes, or six as an escape.
    if (typeof text !== 'string' || text.length * 6 + 2 > MAX_METADATA_BYTES) return false
    bytes.writeUInt32LE(bytes.write(quote(text), at, 'utf8'), lengthAt)
  }
  return true
}

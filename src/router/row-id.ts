import type { FirehoseRecord } from '../firehose/event.ts'

/**
 * An id for a row: the id of its record and the row's place among those that the transform returns. It is the same
 * whenever Firehose sends the record again and when the router had put it back, so that duplicates can be removed, or made
 * harmless as the key of a table.
 */
export function rowId(record: Pick<FirehoseRecord, 'recordId'>, index = 0): string {
  return `${record.recordId}#${index}`
}

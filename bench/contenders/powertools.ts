import { Buffer } from 'node:buffer'
import { KinesisFirehoseRecordSchema } from '@aws-lambda-powertools/parser/schemas/kinesis-firehose'
import { sesEventSchema } from 'firehose-iceberg-router/ses/schemas'
import { DATABASE, type Handler, tableName } from '../contender.ts'
import { type ClickRow, pickClick, pickOpen, pickSend } from './mapping.ts'

// Powertools' parser for the record, a Zod schema for the event, and the mapping by hand.

/** Builds the handler, for SES's own event types. */
export function create(): Handler {
  return ({ records }) => ({
    records: records.map((record) => {
      const { recordId } = record
      try {
        const event = sesEventSchema.parse(JSON.parse(KinesisFirehoseRecordSchema.parse(record).data))
        const pick = event.eventType === 'Open' ? pickOpen : event.eventType === 'Click' ? pickClick : pickSend
        const row: object = pick(event)
        const { timestamp, tags } = row as ClickRow
        const written = { ...row, timestamp: Date.parse(timestamp) * 1000, tags: tags && JSON.stringify(tags) }
        const linkTags = (row as ClickRow).link_tags
        const columns = linkTags ? { ...written, link_tags: JSON.stringify(linkTags) } : written
        const otfMetadata = {
          destinationDatabaseName: DATABASE,
          destinationTableName: tableName(event.eventType),
          operation: 'insert' as const,
        }
        const data = Buffer.from(JSON.stringify(columns), 'utf8').toString('base64')
        return { recordId, result: 'Ok' as const, data, metadata: { otfMetadata } }
      } catch {
        return { recordId, result: 'ProcessingFailed' as const, data: record.data ?? '' }
      }
    }),
  })
}

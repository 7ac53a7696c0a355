import { Buffer } from 'node:buffer'
import { type ContenderSpec, DATABASE, type Handler, tableName } from '../contender.ts'
import type { Json } from '../json.ts'
import { type ClickRow, pickClick, pickOpen, pickSend } from './mapping.ts'

// The loop that a competent person writes without a profiler.

/** Builds the handler. */
export function create({ eventTypes }: ContenderSpec): Handler {
  const known = new Set(eventTypes)
  return ({ records }) => ({
    records: records.map(({ recordId, data = '' }) => {
      try {
        const event = JSON.parse(Buffer.from(data, 'base64').toString('utf8'))
        if (!known.has(event.eventType)) return { recordId, result: 'ProcessingFailed' as const, data }
        const row = JSON.stringify(toRow(event))
        const otfMetadata = {
          destinationDatabaseName: DATABASE,
          destinationTableName: tableName(event.eventType),
          operation: 'insert' as const,
        }
        const payload = Buffer.from(row, 'utf8').toString('base64')
        return { recordId, result: 'Ok' as const, data: payload, metadata: { otfMetadata } }
      } catch {
        return { recordId, result: 'ProcessingFailed' as const, data }
      }
    }),
  })
}

function toRow(event: Json): object {
  const picked = (event.eventType === 'Open' ? pickOpen : event.eventType === 'Click' ? pickClick : pickSend)(event)
  const { timestamp, tags, ...rest } = picked as ClickRow
  const text = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))
  const { event_type, message_id, from_address, to_address, ...others } = rest
  const columns = {
    event_type,
    message_id,
    from_address,
    to_address,
    timestamp: new Date(timestamp).getTime() * 1000,
    tags: text(tags),
    ...others,
  }
  return 'link_tags' in rest ? { ...columns, link_tags: text(rest.link_tags) } : columns
}

import { defineTable, type Table } from 'firehose-iceberg-router'
import { clickLog, openLog, sendLog } from 'firehose-iceberg-router/ses'
import { tableName } from '../contender.ts'

/** The table of an event type: SES's own, or one with the columns of `send_log`. */
export function tableOf(eventType: string): Table {
  if (eventType === 'Send') return sendLog
  if (eventType === 'Open') return openLog
  return eventType === 'Click' ? clickLog : defineTable({ name: tableName(eventType), columns: sendLog.columns })
}

import type { FirehoseTransformationEvent } from 'firehose-iceberg-router'
import { sesEvent } from '../events.ts'

/** What Lambda takes in a synchronous invocation. */
export const REQUEST_LIMIT: number = 6 * 1024 * 1024

/** An event of real samples that fills a request as far as whole records can. */
export function fullEvent(): FirehoseTransformationEvent {
  const size = (count: number): number => Buffer.byteLength(JSON.stringify(sesEvent(count)))
  const perRecord = size(300) / 300
  let count = Math.floor(REQUEST_LIMIT / perRecord)
  while (size(count) > REQUEST_LIMIT) count--
  return sesEvent(count)
}

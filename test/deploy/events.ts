import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FirehoseTransformationEvent } from 'firehose-iceberg-router'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'

const FOLDER = join(import.meta.dirname, '../../examples/ses/events')

/** The sample events of the example, as text. */
export const samples: readonly string[] = readdirSync(FOLDER)
  .sort()
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'))

/** An event of so many records: the samples by turns, and every tenth record broken. */
export function sesEvent(count: number): FirehoseTransformationEvent {
  return createFirehoseEvent(
    Array.from({ length: count }, (_, index) => {
      return index % 10 === 9 ? '{"eventType":' : (samples[index % samples.length] ?? '')
    }),
  )
}

import { Buffer } from 'node:buffer'
import type { FirehoseTransformationEvent } from 'firehose-iceberg-router'
import { generateEvents, LINES_PER_BREAK } from '../examples/ses/generate/lines.ts'
import { SES_TYPES } from './contender.ts'

/** What the records of a measurement look like. */
export interface Shape {
  readonly records: number
  /** Bytes of JSON in a record; 0 for SES events as they come, about 1.4 kB. */
  readonly sizeBytes: number
  /** Routes of the router, and as many event types in the batch; 0 for SES's three. */
  readonly routes: number
}

/** SES events as they come, in the batch most streams send. */
export const TYPICAL: Shape = { records: 1000, sizeBytes: 0, routes: 0 }

const SEED = 20_260_112

/** The event types of a shape: SES's, or names that share their first 22 characters, as real names do. */
export function eventTypesOf({ routes }: Shape): readonly string[] {
  if (routes === 0) return SES_TYPES
  return Array.from({ length: routes }, (_, index) => `com.example.mail.type-${index}`)
}

/** The transformation event of a shape, the same on every machine. */
export function createEvent(shape: Shape): FirehoseTransformationEvent {
  const types = eventTypesOf(shape)
  const texts: string[] = []
  let line = 0
  for (const text of generateEvents({ count: shape.records + Math.ceil(shape.records / 400) + 1, seed: SEED })) {
    if (line++ % LINES_PER_BREAK === LINES_PER_BREAK / 2) continue
    if (texts.length < shape.records) texts.push(shapeText(text, types[texts.length % types.length] ?? '', shape))
  }
  const records = texts.map((text, index) => ({
    recordId: `${49_546_986_683_135_544 + index}000000`,
    approximateArrivalTimestamp: 1_768_200_000_000 + index,
    data: Buffer.from(text, 'utf8').toString('base64'),
  }))
  const deliveryStreamArn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/bench'
  // Printed and parsed, as Lambda hands it over: the strings are then as flat as they are there.
  return JSON.parse(JSON.stringify({ invocationId: 'bench', deliveryStreamArn, region: 'us-east-1', records }))
}

function shapeText(text: string, type: string, { sizeBytes, routes }: Shape): string {
  if (sizeBytes === 0 && routes === 0) return `${text}\n`
  const event = JSON.parse(text)
  if (routes > 0) event.eventType = type
  if (sizeBytes > 0) resize(event.mail, sizeBytes - text.length)
  return `${JSON.stringify(event)}\n`
}

/** Headers make a message long or short, as they do in the mail. */
function resize(mail: { headers: { name: string; value: string }[]; tags?: object }, excessBytes: number): void {
  if (excessBytes < 0) {
    mail.headers = mail.headers.filter(({ name }) => name === 'From' || name === 'To')
    delete mail.tags
  }
  for (let bytes = 0, index = 0; bytes < excessBytes; index++) {
    const header = { name: `X-Trace-${index}`, value: `hop=${index}; by=relay-${index % 97}.example.com; "quoted"; ok` }
    mail.headers.push(header)
    bytes += JSON.stringify(header).length + 1
  }
}

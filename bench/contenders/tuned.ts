import { Buffer } from 'node:buffer'
import type { ContenderSpec, Handler } from '../contender.ts'
import { DATABASE, tableName } from '../contender.ts'
import type { Json } from '../json.ts'

// The yardstick: the fastest loop we know of that builds the event and prints the row. One buffer for all base64, one
// look-up for the route, one pass over the headers, nothing checked that the rows do not need. Make it faster if you can.

let scratch = Buffer.allocUnsafeSlow(64 * 1024)

/** Buffer's methods for one encoding: what `write` and `toString` call, without their choice of an encoding. */
interface Direct {
  base64Write(text: string, offset: number): number
  utf8Write(text: string, offset: number): number
  utf8Slice(start: number, end: number): string
  base64Slice(start: number, end: number): string
}

function direct(atLeast: number): Direct {
  if (scratch.length < atLeast) scratch = Buffer.allocUnsafeSlow(atLeast * 2)
  return scratch as unknown as Direct
}

/** Not a literal: V8 would make the answers among its old objects after a while, where they keep their rows alive. */
class Answer {
  declare readonly recordId: string
  declare readonly result: 'Ok'
  declare readonly data: string
  declare readonly metadata: Json

  constructor(recordId: string, data: string, metadata: Json) {
    this.recordId = recordId
    this.result = 'Ok'
    this.data = data
    this.metadata = metadata
  }
}

/** Builds the handler. */
export function create({ eventTypes }: ContenderSpec): Handler {
  const routes = new Map<string, { pick: (event: Json) => object; metadata: Json }>()
  for (const type of eventTypes) {
    const otfMetadata = {
      destinationDatabaseName: DATABASE,
      destinationTableName: tableName(type),
      operation: 'insert',
    }
    routes.set(type, { pick: type === 'Open' ? open : type === 'Click' ? click : send, metadata: { otfMetadata } })
  }
  return ({ records }) => {
    const answers = new Array(records.length)
    for (let index = 0; index < records.length; index++) {
      const { recordId, data = '' } = records[index] as (typeof records)[number]
      try {
        const bytes = direct(data.length)
        const event = JSON.parse(bytes.utf8Slice(0, bytes.base64Write(data, 0)))
        const route = routes.get(event.eventType)
        if (route === undefined) {
          answers[index] = { recordId, result: 'ProcessingFailed', data }
          continue
        }
        const row = JSON.stringify(route.pick(event))
        const out = direct(row.length * 3)
        answers[index] = new Answer(recordId, out.base64Slice(0, out.utf8Write(row, 0)), route.metadata)
      } catch {
        answers[index] = { recordId, result: 'ProcessingFailed', data }
      }
    }
    return { records: answers }
  }
}

let from: string | null = null
let to: string | null = null

function findAddresses(mail: Json): void {
  from = to = null
  const headers = mail.headers
  if (headers) {
    for (let index = headers.length - 1; index >= 0; index--) {
      const { name } = headers[index]
      if (name.length === 4 && from === null && name.toLowerCase() === 'from') from = headers[index].value
      else if (name.length === 2 && to === null && name.toLowerCase() === 'to') to = headers[index].value
      else continue
      if (from !== null && to !== null) return
    }
  }
  from ??= mail.commonHeaders?.from?.join(', ') ?? mail.source ?? null
  to ??= mail.commonHeaders?.to?.join(', ') ?? mail.destination?.join(', ') ?? null
}

function micros(text: string): number {
  return Date.parse(text) * 1000
}

function tagsOf(tags: Json): string | null {
  return tags == null ? null : JSON.stringify(tags)
}

function send({ eventType, mail }: Json): object {
  findAddresses(mail)
  return {
    event_type: eventType,
    message_id: mail.messageId,
    from_address: from,
    to_address: to,
    timestamp: micros(mail.timestamp),
    tags: tagsOf(mail.tags),
  }
}

function open({ eventType, mail, open: hit }: Json): object {
  findAddresses(mail)
  return {
    event_type: eventType,
    message_id: mail.messageId,
    from_address: from,
    to_address: to,
    timestamp: micros(hit.timestamp),
    tags: tagsOf(mail.tags),
    ip_address: hit.ipAddress ?? null,
    user_agent: hit.userAgent ?? null,
  }
}

function click({ eventType, mail, click: hit }: Json): object {
  findAddresses(mail)
  return {
    event_type: eventType,
    message_id: mail.messageId,
    from_address: from,
    to_address: to,
    timestamp: micros(hit.timestamp),
    tags: tagsOf(mail.tags),
    ip_address: hit.ipAddress ?? null,
    user_agent: hit.userAgent ?? null,
    link: hit.link ?? null,
    link_tags: tagsOf(hit.linkTags),
  }
}

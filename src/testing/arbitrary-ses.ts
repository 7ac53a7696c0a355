import * as fc from 'fast-check'
import type {
  SesClickEvent,
  SesCommonHeaders,
  SesEvent,
  SesHeader,
  SesInteraction,
  SesMail,
  SesOpenEvent,
  SesSendEvent,
  SesTags,
} from '../ses/index.ts'
import { isMisread } from './engine.ts'

/**
 * Send, Open and Click events after AWS's tables of fields, every optional field there, null or absent, with header names
 * in any case and more than once, and with strings nobody would expect. All of them can be delivered.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
export function sesEvents(): fc.Arbitrary<SesEvent> {
  return fc.oneof(sesSendEvents(), sesOpenEvents(), sesClickEvents())
}

/** Send events, as {@link sesEvents} makes them. */
export function sesSendEvents(): fc.Arbitrary<SesSendEvent> {
  const model = { eventType: fc.constant('Send' as const), mail: mails(), send: orNull(fc.constant({})) }
  return fc.record(model, { requiredKeys: ['eventType', 'mail'] })
}

/** Open events, as {@link sesEvents} makes them. */
export function sesOpenEvents(): fc.Arbitrary<SesOpenEvent> {
  return fc.record({ eventType: fc.constant('Open' as const), mail: mails(), open: interactions() })
}

/** Click events, as {@link sesEvents} makes them. */
export function sesClickEvents(): fc.Arbitrary<SesClickEvent> {
  const links = fc.record({ link: orNull(hostileStrings()), linkTags: orNull(tagMaps()) }, { requiredKeys: [] })
  const clicks = fc.tuple(interactions(), links).map(([interaction, link]) => ({ ...interaction, ...link }))
  return fc.record({ eventType: fc.constant('Click' as const), mail: mails(), click: clicks })
}

/** Strings that break careless code: empty, quotes and escapes, control characters, lone surrogates, names of prototypes. */
export function hostileStrings(): fc.Arbitrary<string> {
  const known = [
    '',
    ' ',
    '"',
    '\\',
    '\u0000',
    '\u2028',
    '\ud83d',
    '__proto__',
    'constructor',
    'null',
    '{"a":1}',
    '日本語 ✉️',
  ]
  return fc.oneof(fc.string({ unit: 'binary', maxLength: 24 }), fc.emailAddress(), fc.constantFrom(...known))
}

function mails(): fc.Arbitrary<SesMail> {
  const model = {
    messageId: hostileStrings(),
    timestamp: timestamps(),
    source: orNull(hostileStrings()),
    sourceArn: orNull(fc.constant('arn:aws:ses:us-east-1:111122223333:identity/example.com')),
    sendingAccountId: orNull(fc.constant('111122223333')),
    destination: orNull(addresses()),
    headersTruncated: orNull(fc.constantFrom(true, false, 'true', 'false')),
    headers: orNull(fc.array(headers(), { maxLength: 6 })),
    commonHeaders: orNull(commonHeaders()),
    tags: orNull(tagMaps()),
  }
  return fc.record(model, { requiredKeys: ['messageId', 'timestamp'] })
}

function headers(): fc.Arbitrary<SesHeader> {
  const names = ['From', 'To', 'from', 'to', 'FROM', 'TO', 'fRoM', 'tO', 'Reply-To', 'Subject', 'From ', 'Tο']
  return fc.record({ name: fc.oneof(fc.constantFrom(...names), hostileStrings()), value: hostileStrings() })
}

function commonHeaders(): fc.Arbitrary<SesCommonHeaders> {
  const model = {
    from: orNull(addresses()),
    to: orNull(addresses()),
    cc: orNull(addresses()),
    bcc: orNull(addresses()),
    replyTo: orNull(addresses()),
    messageId: orNull(hostileStrings()),
    subject: orNull(hostileStrings()),
    date: orNull(hostileStrings()),
  }
  return fc.record(model, { requiredKeys: [] })
}

function interactions(): fc.Arbitrary<SesInteraction> {
  const model = { timestamp: timestamps(), ipAddress: orNull(fc.ipV4()), userAgent: orNull(hostileStrings()) }
  return fc.record(model, { requiredKeys: ['timestamp'] })
}

/** As SES writes them: ISO 8601, milliseconds, UTC. */
function timestamps(): fc.Arbitrary<string> {
  const range = { min: new Date('1990-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }
  return fc.date(range).map((date) => date.toISOString())
}

function tagMaps(): fc.Arbitrary<SesTags> {
  const names = fc.oneof(fc.constantFrom('ses:configuration-set', 'ses:source-ip', 'campaign'), hostileStrings())
  const maps = fc.dictionary(names, fc.array(hostileStrings(), { maxLength: 3 }), { maxKeys: 4 })
  return maps.filter((tags) => !isMisread(JSON.stringify(tags)))
}

function addresses(): fc.Arbitrary<string[]> {
  return fc.array(fc.oneof(fc.emailAddress(), hostileStrings()), { maxLength: 3 })
}

function orNull<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null, freq: 3 })
}

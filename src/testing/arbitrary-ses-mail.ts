import * as fc from 'fast-check'
import type { SesCommonHeaders, SesHeader, SesMail, SesTags } from '../ses/index.ts'
import { isMisread } from './engine.ts'

/** Strings that break careless code: empty, quotes, escapes, control characters, lone surrogates, `__proto__`. */
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

/** The message of an event: its id and time, and any of its other fields. */
export function mails(): fc.Arbitrary<SesMail> {
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

/** Timestamps as SES writes them: ISO 8601, milliseconds, UTC. */
export function timestamps(): fc.Arbitrary<string> {
  const range = { min: new Date('1990-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }
  return fc.date(range).map((date) => date.toISOString())
}

/** Tags: a list of values for each name. */
export function tagMaps(): fc.Arbitrary<SesTags> {
  const names = fc.oneof(fc.constantFrom('ses:configuration-set', 'ses:tenant-name', 'campaign'), hostileStrings())
  const maps = fc.dictionary(names, fc.array(hostileStrings(), { maxLength: 3 }), { maxKeys: 4 })
  return maps.filter((tags) => !isMisread(JSON.stringify(tags)))
}

/** Lists of valid and invalid addresses. */
export function addresses(): fc.Arbitrary<string[]> {
  return fc.array(fc.oneof(fc.emailAddress(), hostileStrings()), { maxLength: 3 })
}

/** A value, or null. */
export function orNull<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null, freq: 3 })
}

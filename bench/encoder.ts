import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import type { Table } from '../src/index.ts'
import type { SesClickEvent, SesOpenEvent, SesSendEvent } from '../src/ses/index.ts'
import { clickLog, openLog, sendLog, toClickRow, toOpenRow, toSendRow } from '../src/ses/index.ts'
import { createRowEncoder } from '../src/table/encoder.ts'

/*
 * What checking and encoding a row costs beside printing the same plain object with JSON.stringify, which is not yet what
 * Firehose takes, and beside making the same text by hand with nothing checked, in one run: `npm run bench:encoder`.
 * Rounds alternate, so that all meet the same machine; the fastest counts, which other programs have disturbed least.
 */

const ROUNDS = 200
const ROWS = 500

interface Subject {
  readonly name: string
  readonly table: Table
  readonly rows: readonly object[]
}

/** Rows as a transform makes them, each an object of its own. */
function subjectOf<Event>(name: string, table: Table, toRow: (event: Event) => object): Subject {
  const text = readFileSync(`examples/ses/events/${name}.json`, 'utf8')
  const rows = Array.from({ length: ROWS }, () => toRow(JSON.parse(text)))
  return { name, table, rows }
}

const subjects = [
  subjectOf<SesSendEvent>('send', sendLog, toSendRow),
  subjectOf<SesOpenEvent>('open', openLog, toOpenRow),
  subjectOf<SesClickEvent>('click', clickLog, toClickRow),
]

/** Nanoseconds a row; to bytes, because a string that was put together is only then one piece. */
function time(rows: readonly object[], print: (row: object) => string): number {
  let bytes = 0
  const startedAt = process.hrtime.bigint()
  for (const row of rows) bytes += Buffer.from(print(row), 'utf8').length
  const nanos = Number(process.hrtime.bigint() - startedAt)
  if (bytes === 0) throw new Error('nothing was printed')
  return nanos / rows.length
}

/** What a Lambda written by hand does with such a row, with nothing checked. */
function printByHand(row: object): string {
  const { timestamp = '', tags, link_tags } = row as { timestamp?: string; tags?: object; link_tags?: object }
  const plain = { ...row, timestamp: Date.parse(timestamp) * 1000, tags: JSON.stringify(tags) }
  return JSON.stringify(link_tags === undefined ? plain : { ...plain, link_tags: JSON.stringify(link_tags) })
}

for (const { name, table, rows } of subjects) {
  const encode = createRowEncoder(table)
  const printers: { readonly [name: string]: (row: object) => string } = {
    'JSON.stringify': (row) => JSON.stringify(row),
    'by hand': printByHand,
    encoder: (row) => encode(row, 'insert') as string,
  }
  for (const row of rows) if (printByHand(row) !== encode(row, 'insert')) throw new Error(`${name}: the texts differ`)
  const fastest = new Map(Object.keys(printers).map((printer) => [printer, Infinity]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [printer, print] of Object.entries(printers)) {
      fastest.set(printer, Math.min(fastest.get(printer) ?? Infinity, time(rows, print)))
    }
  }
  const { 'JSON.stringify': stringify = 0, 'by hand': byHand = 0, encoder = 0 } = Object.fromEntries(fastest)
  console.log(
    `${name}: encoder ${encoder.toFixed(0)} ns, JSON.stringify ${stringify.toFixed(0)} ns (${(encoder / stringify).toFixed(2)}), ` +
      `by hand with nothing checked ${byHand.toFixed(0)} ns (${(encoder / byHand).toFixed(2)})`,
  )
}

import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { createRowEncoder, type Table } from '../src/index.ts'
import type { SesClickEvent, SesOpenEvent, SesSendEvent } from '../src/ses/index.ts'
import { clickLog, openLog, sendLog, toClickRow, toOpenRow, toSendRow } from '../src/ses/index.ts'

/*
 * What checking and encoding a row costs beside printing the same plain object with JSON.stringify, in one run:
 * `npx esbuild bench/encoder.ts --bundle --platform=node --format=esm | node --input-type=module`, from the root.
 * Rounds alternate, so that both meet the same machine; the fastest counts, which
 * other programs have disturbed least.
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

for (const { name, table, rows } of subjects) {
  const encode = createRowEncoder(table)
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(time(rows, (row) => JSON.stringify(row)))
    ours.push(time(rows, (row) => encode(row, 'insert') as string))
  }
  const [encoder, stringify] = [Math.min(...ours), Math.min(...theirs)]
  const ratio = (encoder / stringify).toFixed(2)
  console.log(`${name}: encoder ${encoder.toFixed(0)} ns, JSON.stringify ${stringify.toFixed(0)} ns, ratio ${ratio}`)
}

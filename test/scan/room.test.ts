import { expect, test } from 'vitest'
import { type Column, defineTable, s, select, t } from '../../src/index.ts'
import type { Source } from '../../src/select/source.ts'
import { allRuns } from '../support/runs.ts'
import { bothEngines, expectAgreement } from './engines.ts'

// If the module's memory ends in the middle of a row, wherever that is, the plain engine takes over.

/** Columns of the same long value: they make a row much longer than its record, so that the memory does not suffice. */
const COPIES = Array.from({ length: 60 }, (_, index) => `copy_${index}`)

const columns: { [name: string]: Column } = {
  ...Object.fromEntries(COPIES.map((name) => [name, t.string()])),
  pad: t.string(),
  text: t.string(),
  part: t.json(),
  list: t.string(),
  id: t.uuid(),
  price: t.decimal(38, 38),
  at: t.timestamp(),
  count: t.long(),
  ratio: t.double(),
  flag: t.boolean(),
  fixed: t.string(),
}
const selection: { [name: string]: Source } = {
  ...Object.fromEntries(COPIES.map((name) => [name, 'copy'])),
  ...{ pad: 'pad', text: 'text', part: 'part', list: s.joined('list'), id: 'id', price: 'price' },
  ...{ at: 'at', count: 'count', ratio: 'ratio', flag: 'flag', fixed: s.constant('fixed') },
}

function eventOf(padBytes: number): Buffer {
  const event = {
    copy: 'c'.repeat(4000),
    pad: 'p'.repeat(padBytes),
    text: 'a "text"\n\u0001 and 🎈',
    part: { a: ['"', '\\', 1, -2.5, null, true, { b: '\u0002é' }] },
    list: ['one', '"two"', '🎈'],
    id: '123e4567-e89b-12d3-a456-426614174000',
    price: '-0.5',
    at: '2026-01-12T08:15:02.645Z',
    count: -9007199254740991,
    ratio: -0.000001,
    flag: false,
  }
  return Buffer.from(JSON.stringify(event).replace('🎈', '\\ud83c\\udf88'), 'utf8')
}

test('the plain engine takes a row that does not fit into the memory, wherever the memory ends', {
  timeout: 60_000,
}, async () => {
  const engines = bothEngines([], { table: defineTable({ name: 't', columns }), transform: select(selection) })
  const isTaken = (padBytes: number): boolean => {
    const data = eventOf(padBytes).toString('base64')
    const [delivery] = engines.compiled.fastPath?.([{ recordId: '1', approximateArrivalTimestamp: 0, data }]) ?? []
    return delivery !== undefined
  }
  let [fits, end] = [0, 20_000]
  expect([isTaken(fits), isTaken(end)]).toEqual([true, false])
  while (end - fits > 1) {
    const middle = (fits + end) >> 1
    if (isTaken(middle)) fits = middle
    else end = middle
  }
  const before = engines.taken()
  const offsets = Array.from({ length: 700 }, (_, index) => index - 50).filter((offset) => allRuns || offset % 7 === 0)
  await expectAgreement(
    engines,
    offsets.map((offset) => eventOf(fits + offset)),
  )
  expect(engines.taken() - before).toBe(offsets.filter((offset) => offset <= 0).length)
})

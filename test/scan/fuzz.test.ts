import { describe, expect, it } from 'vitest'
import { defineTable, s, select, t } from '../../src/index.ts'
import { allRuns } from '../support/runs.ts'
import { bytesOf, CASES } from './cases.ts'
import { bothEngines, expectAgreement } from './engines.ts'
import { fuzz } from './fuzz.ts'
import { PLACES, putInto } from './places.ts'

const DOCUMENTS = allRuns ? 20_000 : 4_000

describe('both engines', () => {
  it('agree on hostile documents; npm run fuzz tries a million', { timeout: 120_000 }, async () => {
    const { documents, taken, routers } = await fuzz({ documents: DOCUMENTS, seed: 1 })
    expect([documents, routers]).toEqual([DOCUMENTS, DOCUMENTS / 400])
    // Otherwise nothing would have been compared.
    expect(taken).toBeGreaterThan(DOCUMENTS / 40)
  })

  const table = defineTable({
    name: 'sent',
    columns: {
      id: t.nullable(t.string()),
      at: t.nullable(t.timestamp()),
      tags: t.nullable(t.json()),
      count: t.nullable(t.long()),
      ratio: t.nullable(t.double()),
      sender: t.nullable(t.string()),
    },
  })
  const selection = {
    id: 'mail.messageId',
    at: 'mail.timestamp',
    tags: 'mail.tags',
    count: 'mail.count',
    ratio: 'mail.ratio',
    sender: s.element('mail.headers', { key: 'name', equals: 'From', take: 'value' }),
  }

  it.each(PLACES.map((place) => [place.name, place] as const))('agree on JSON as %s', async (_, place) => {
    const engines = bothEngines([{ matcher: { eventType: 'Send' }, route: { table, transform: select(selection) } }])
    await expectAgreement(engines, [
      putInto(place, Buffer.from('"Send"')),
      ...CASES.map((one) => putInto(place, bytesOf(one))),
    ])
    expect(engines.taken()).toBeGreaterThan(0)
  })

  it('agree on JSON that is the whole record', async () => {
    const engines = bothEngines([], { table, transform: select(selection) })
    await expectAgreement(engines, CASES.map(bytesOf))
    expect(engines.taken()).toBeGreaterThan(0)
  })
})

import { allEvents, click, createSesRouter, open, send } from 'firehose-iceberg-router/ses'
import { checkResponse, createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { expect, it } from 'vitest'
import { countExpected, generateEvents, generateLines } from '../../examples/ses/generate/lines.ts'
import { handler } from '../../examples/ses/handler.ts'

it.each([
  ['default', 3],
  ['all', 10],
] as const)('every generated line has the outcome that the generator says: %s', async (events, tables) => {
  const lines = [...generateLines({ count: 3500, seed: 7, events })]
  const event = createFirehoseEvent(lines.map(({ text }) => `${text}\n`))
  const types = events === 'all' ? allEvents : [send, open, click]
  const router = createSesRouter({ database: 'email_event', events: types, onBatch: () => undefined })
  const { response, outcomes } = await router.runBatch(event)
  expect(checkResponse(event, response)).toEqual([])
  const actual = outcomes.map((outcome) => {
    if (outcome.status === 'delivered') return outcome.table
    return outcome.status === 'failed' ? outcome.failure.code : 'dropped'
  })
  expect(actual).toEqual(lines.map(({ expected }) => expected))
  expect(new Set(actual).size).toBe(tables + 6)
})

it('the same seed gives the same lines, and another seed gives others', () => {
  const lines = (seed: number): string => [...generateEvents({ count: 200, seed })].join('\n')
  expect(lines(1)).toBe(lines(1))
  expect(lines(1)).not.toBe(lines(2))
})

it('lines have the size of SES events, are in order of time, and opens and clicks come after their send', () => {
  const events = [...generateLines({ count: 2000, seed: 3 })].filter(({ expected }) => expected.endsWith('_log'))
  const sizes = events.map(({ text }) => text.length)
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  expect(mean).toBeGreaterThan(1200)
  expect(mean).toBeLessThan(1600)
  const times = events.map(({ text }) => {
    const { mail, open, click } = JSON.parse(text)
    const sentAt = Date.parse(mail.timestamp)
    const happenedAt = Date.parse((open ?? click ?? mail).timestamp)
    expect(happenedAt).toBeGreaterThanOrEqual(sentAt)
    return happenedAt
  })
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(new Set(events.map(({ text }) => JSON.parse(text).mail.messageId)).size).toBeLessThan(events.length * 0.7)
  const days = new Set(events.map(({ text }) => JSON.parse(text).mail.timestamp.slice(0, 10)))
  expect(days.size).toBeGreaterThanOrEqual(5)
})

it('countExpected counts the outcomes of all lines', () => {
  const counts = countExpected({ count: 1000, seed: 1 })
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(1000)
  expect(counts.get('InvalidJson')).toBe(1)
  expect(counts.get('NotAnObject')).toBe(1)
})

it('the handler has its database and tables', () => {
  expect(handler.database).toBe('email_event')
  expect(handler.tables.map(({ name }) => name)).toEqual(['send_log', 'open_log', 'click_log'])
})

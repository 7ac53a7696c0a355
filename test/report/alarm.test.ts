import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BatchReport,
  createEmfReporter,
  createIcebergRouter,
  createJsonReporter,
  deadLetterTable,
  defineTable,
  printFailures,
  t,
} from 'firehose-iceberg-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { eventOf } from '../support/events.ts'
import { matchesFilter } from '../support/log-filter.ts'

const SES = join(import.meta.dirname, '../../examples/ses')
const log = defineTable({ name: 'log', columns: { id: t.string() } })
const good = { id: 'a' }
const bad = { id: 7 }

/** The filter patterns of the example, as its files have them. */
const patterns = {
  Terraform: JSON.parse(
    /^ +pattern += (".*")$/m.exec(readFileSync(join(SES, 'terraform/alarms.tf'), 'utf8'))?.[1] ?? '""',
  ) as string,
  CDK: /numberValue\('(\$\.\w+)', '(>)', (0)\)/
    .exec(readFileSync(join(SES, 'cdk/lib/alarms.ts'), 'utf8'))
    ?.slice(1)
    .join(' '),
}

/** Every way to report a batch that the package brings, with the option that has it write to standard output. */
const reporters: { readonly [name: string]: ((report: BatchReport) => unknown) | undefined } = {
  'the default': undefined,
  printFailures,
  createJsonReporter: createJsonReporter(),
  'createJsonReporter for failures': createJsonReporter({ when: 'failures' }),
  createEmfReporter: createEmfReporter({ namespace: 'Events', dimensions: { Stage: 'prod' } }),
}

afterEach(() => {
  vi.restoreAllMocks()
})

/** The lines that a batch leaves on standard output. */
async function linesOf(name: string, events: readonly object[], deadLetters: boolean): Promise<string[]> {
  const onBatch = reporters[name]
  const options = {
    database: 'db',
    ...(onBatch && { onBatch }),
    ...(deadLetters && { deadLetter: deadLetterTable() }),
  }
  const router = createIcebergRouter(options).otherwise({ table: log, transform: ({ id }) => ({ id: id as string }) })
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const errors = vi.spyOn(console, 'error')
  await router.runBatch(eventOf(events))
  expect(errors).not.toHaveBeenCalled()
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join('')
  vi.restoreAllMocks()
  return text.split('\n').slice(0, -1)
}

/** The level that Lambda's JSON log format gives to a line that a function writes to standard output. */
function lambdaLevel(line: string): string {
  const { level, timestamp } = JSON.parse(line)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(timestamp) ? level : 'INFO'
}

describe.each(Object.entries(patterns))('the alarm of %s', (_, pattern = '') => {
  const filter = pattern.startsWith('{') ? pattern : `{ ${pattern} }`

  it.each(Object.keys(reporters))('rings for a failed record with %s', async (name) => {
    for (const deadLetters of [false, true]) {
      const lines = await linesOf(name, [good, bad], deadLetters)
      expect(lines.filter((line) => matchesFilter(filter, line))).toHaveLength(1)
    }
  })

  it.each(Object.keys(reporters))('is silent if nothing failed with %s', async (name) => {
    const lines = await linesOf(name, [good], false)
    expect(lines.filter((line) => matchesFilter(filter, line))).toEqual([])
  })
})

describe('a line about failed records', () => {
  it.each(Object.keys(reporters))('is an error to Lambda with %s', async (name) => {
    const lines = await linesOf(name, [good, bad], false)
    expect(lines.map(lambdaLevel)).toEqual(['ERROR'])
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ failed: 1, message: '1 of 2 records failed' })
  })

  it('says how many went to the dead-letter table', async () => {
    const [line = ''] = await linesOf('the default', [good, bad, bad], true)
    expect(JSON.parse(line).message).toBe('2 of 3 records failed, 2 of them into the dead-letter table')
  })
})

describe('the filter of this test', () => {
  it.each([
    ['{ $.failed > 0 }', '{"failed":1}', true],
    ['{ $.failed > 0 }', '{"failed":0}', false],
    ['{ $.failed > 0 }', '{"Failed":1}', false],
    ['{ $.failed > 0 }', '{"failed":"1"}', false],
    ['{ $.failed > 0 }', '2026-01-01T00:00:00Z\tid\tERROR\t{"failed":1}', false],
    ['{ $.failed > 0 }', '{"message":"{\\"failed\\":1}"}', false],
    ['{ $.a.b[0] = "x" }', '{"a":{"b":["x"]}}', true],
    ['{ $.a != "x" }', '{"a":"y"}', true],
    ['{ $.a != "x" }', '{}', false],
  ])('%s on %s', (pattern, line, expected) => {
    expect(matchesFilter(pattern, line)).toBe(expected)
  })
})

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFailureGroups } from '../../src/cli/failures.ts'
import { createLineNumbers } from '../../src/cli/line-numbers.ts'
import { type RecordFailure, readErrors } from '../../src/local/index.ts'
import { collect } from '../local/firehose/support.ts'
import { calls } from './fixtures/letters.ts'
import { createWorkplace, fixture } from './support.ts'

const ids = (count: number): string => Array.from({ length: count }, (_, id) => `{"id":${id}}\n`).join('')

describe('records that fail', () => {
  it('are failed although their dead letters are delivered, with the table of reasons', async () => {
    const place = createWorkplace(fixture('letters.ts'))
    const { status, out } = await place.run(place.write('ids.jsonl', ids(1000)), '--strict')
    expect(status).toBe(1)
    expect(out).toContain('1,000 records: 650 delivered, 0 dropped, 350 failed')
    expect(out).toMatch(/app\.ids +650 +\+650 /)
    expect(out).toMatch(/app\.letters +350 +\+350 /)
    expect(out).toContain('Failed records are 350 in the dead-letter table:')
    expect(out).toMatch(/\w+ +250 +1, 5, 9, … +.* at id\)/)
    expect(out).toMatch(
      /TransformThrew +100 +10, 20, 30, … +the transform threw an Error at letters\.ts:17:\d+: no 9 today/,
    )
  })

  it('have their reason and the place that threw in the error object', async () => {
    const place = createWorkplace(fixture('throws.ts'))
    await place.run(place.write('ids.jsonl', ids(1)))
    const [line] = await collect(readErrors(join(place.folder, 'errors')))
    expect(line?.record).toMatchObject({
      errorCode: 'Lambda.ProcessingFailedStatus',
      localReason: expect.stringMatching(
        /^TransformThrew: the transform threw a TypeError at throws\.ts:\d+:\d+ \(route every id\)$/,
      ),
    })
  })

  it('go through the handler once', async () => {
    calls.clear()
    const place = createWorkplace(fixture('letters.ts'))
    await place.run(place.write('ids.jsonl', ids(40)))
    expect([...calls.values()]).toEqual(new Array(40).fill(1))
  })

  it('of a batch that its router rejects are sent again, and fail without ending the command', async () => {
    const place = createWorkplace(fixture('retry.ts'))
    const { status, out, err } = await place.run(place.write('ids.jsonl', ids(3)))
    expect({ status, err }).toEqual({ status: 1, err: '' })
    expect(out).toContain('3 records: 0 delivered, 0 dropped, 3 failed')
    expect(out).toMatch(/Lambda\.FunctionError +3 +1, 2, 3 +the handler threw RetryBatchError/)
  })
})

describe('groups of failures', () => {
  it('are limited in number, and lose no failure', () => {
    const groups = createFailureGroups()
    for (let index = 0; index < 5000; index++) {
      groups.add(index, { ...failure, reason: { code: 'WrongType', message: 'expected …', path: `map.key${index}` } })
    }
    const list = groups.list()
    expect(list).toHaveLength(1001)
    expect(list[0]).toMatchObject({ code: 'others', count: 4000 })
    expect(list.reduce((sum, { count }) => sum + count, 0)).toBe(5000)
  })
})

const failure: RecordFailure = {
  errorCode: 'Lambda.ProcessingFailedStatus',
  errorMessage: 'ProcessingFailed status set for record',
  sequence: 0,
  record: { recordId: 'r', approximateArrivalTimestamp: 0, data: '' },
}

it('finds the line of a record whatever lines are left out', () => {
  const numbers = createLineNumbers()
  const lines = [1, 2, 5, 6, 7, 20, 21, 40]
  for (const line of lines) numbers.add(line)
  expect(lines.map((_, sequence) => numbers.lineOf(sequence))).toEqual(lines)
  expect(numbers.lineOf(lines.length)).toBeUndefined()
})

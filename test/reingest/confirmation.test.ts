import { describe, expect, it } from 'vitest'
import { readConfirmations } from '../../src/reingest/confirmation.ts'

const KEYS = { list: 'RequestResponses', id: 'RecordId' }

describe('the answer to a call', () => {
  it.each<[string, unknown, (string | undefined)[]]>([
    ['all accepted', { RequestResponses: [{ RecordId: '1' }, { RecordId: '2' }] }, [undefined, undefined]],
    ['one failed', { RequestResponses: [{ RecordId: '1' }, { ErrorCode: 'E' }] }, [undefined, 'E']],
    [
      'an error beats an id',
      { RequestResponses: [{ RecordId: '1', ErrorCode: 'E' }, { RecordId: '2' }] },
      ['E', undefined],
    ],
    ['an entry without an id', { RequestResponses: [{}, { RecordId: '2' }] }, ['NotConfirmed', undefined]],
    ['an empty id', { RequestResponses: [{ RecordId: '' }, { RecordId: 2 }] }, ['NotConfirmed', 'NotConfirmed']],
    ['too few entries', { RequestResponses: [{ RecordId: '1' }] }, ['NotConfirmed', 'NotConfirmed']],
    [
      'too many entries',
      { RequestResponses: [{ RecordId: '1' }, { RecordId: '2' }, { RecordId: '3' }] },
      ['NotConfirmed', 'NotConfirmed'],
    ],
    [
      'an empty error code',
      { RequestResponses: [{ RecordId: '1', ErrorCode: '' }, { ErrorCode: '' }] },
      [undefined, 'NotConfirmed'],
    ],
    [
      'an error code that is not a string',
      {
        RequestResponses: [
          { RecordId: '1', ErrorCode: null },
          { RecordId: '2', ErrorCode: 5 },
        ],
      },
      [undefined, undefined],
    ],
    ['text for entries', { RequestResponses: ['ab', 'cd'] }, ['NotConfirmed', 'NotConfirmed']],
    ['no list', { RequestResponses: 'ab' }, ['NotConfirmed', 'NotConfirmed']],
    ['nothing', undefined, ['NotConfirmed', 'NotConfirmed']],
    ['null entries', { RequestResponses: [null, null] }, ['NotConfirmed', 'NotConfirmed']],
  ])('%s', (_, answer, expected) => {
    expect(readConfirmations(answer, KEYS, 2)).toEqual(expected)
  })
})

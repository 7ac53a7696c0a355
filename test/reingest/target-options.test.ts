import { describe, expect, it } from 'vitest'
import { createFirehoseTarget, createKinesisTarget } from '../../src/reingest/index.ts'

const client = { send: async () => undefined }

describe('the options of a target', () => {
  it.each<[string, object | undefined, RegExp]>([
    ['none', undefined, /expected an object with client, secret, .*, got undefined/],
    ['no client', {}, /client: expected an object with send\(command\), got undefined/],
    ['a client that cannot send', { client: { send: 1 } }, /client: expected an object with send/],
    ['an unknown one', { client, retries: 3 }, /unknown option "retries"; there are client, secret, /],
    ['no call at a time', { client, maxCallsInFlight: 0 }, /maxCallsInFlight: expected a whole number from 1 to 64/],
    ['half a call', { client, maxCallsInFlight: 1.5 }, /maxCallsInFlight: expected a whole number/],
    ['a time that is not a number', { client, callTimeoutMs: Number.NaN }, /callTimeoutMs: expected a whole number/],
    ['a negative margin', { client, marginMs: -1 }, /marginMs: expected a whole number from 0 to 300000/],
    ['a clock that cannot sleep', { client, clock: { nowMs: () => 0 } }, /clock: expected an object with nowMs, sleep/],
    ['a short secret', { client, secret: 'short' }, /secret: expected at least 32 characters/],
  ])('%s: refused by both', (_, options, message) => {
    for (const create of [createFirehoseTarget, createKinesisTarget]) {
      expect(() => create(options as never)).toThrow(message)
    }
  })

  it('are refused all at once, under the name of their function', () => {
    expect(() => createKinesisTarget({ client: {}, secret: '', marginMs: 'x', maxRecordBytes: 0 } as never)).toThrow(
      expect.objectContaining({
        code: 'InvalidOptions',
        message: expect.stringMatching(/^createKinesisTarget:/),
        problems: [
          expect.stringMatching(/^client/),
          expect.stringMatching(/^secret/),
          expect.stringMatching(/^marginMs/),
          'maxRecordBytes: expected a whole number from 1 to 10485760, got 0',
        ],
      }),
    )
  })

  it('have the name of either function', () => {
    const named = (name: string) => expect.objectContaining({ message: expect.stringMatching(new RegExp(`^${name}:`)) })
    expect(() => createFirehoseTarget({} as never)).toThrow(named('createFirehoseTarget'))
    expect(() => createKinesisTarget({} as never)).toThrow(named('createKinesisTarget'))
  })

  it('of one service are unknown to the other', () => {
    expect(() => createFirehoseTarget({ client, maxRecordBytes: 1 } as never)).toThrow(
      /unknown option "maxRecordBytes"/,
    )
  })
})

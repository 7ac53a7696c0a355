import { isIcebergRouterError } from 'firehose-iceberg-router'
import { type ReingestTargetOptions, reingestTarget } from 'firehose-iceberg-router/reingest'
import { expect, it } from 'vitest'

const put: ReingestTargetOptions['put'] = async (items) => items.map(() => ({ accepted: true }))

it('is a plain object with what it was given', async () => {
  const target = reingestTarget({ put })
  expect(target).toMatchObject({ kind: 'reingest', put: expect.any(Function) })
  expect(target).not.toHaveProperty('signer')
  expect(await target.put([{ data: new Uint8Array() }], { deliveryStreamArn: 'a', remainingMs: () => 1 })).toEqual([
    { accepted: true },
  ])
})

it('has its signer', () => {
  const signer = { sign: () => '', verify: () => true }
  expect(reingestTarget({ put, signer }).signer).toBe(signer)
})

it.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /expected an object with put, signer, got undefined/],
  ['no put', {}, /put: expected a function, got undefined/],
  [
    'a signer that cannot verify',
    { put, signer: { sign: () => '' } },
    /signer: expected an object with sign and verify/,
  ],
  ['a signer that is null', { put, signer: null }, /signer: expected an object with sign and verify/],
  ['a signer that is text', { put, signer: 'x' }, /signer: expected an object with sign and verify/],
  ['a signer that cannot sign', { put, signer: { verify: () => true } }, /signer: expected an object with sign/],
  ['its own name', {}, /^reingestTarget:/],
  ['an unknown option', { put, secret: 'x' }, /unknown option "secret"; there are put, signer/],
])('is refused with %s', (_, options, problem) => {
  try {
    reingestTarget(options as ReingestTargetOptions)
  } catch (error) {
    expect(isIcebergRouterError(error) && error.code).toBe('InvalidOptions')
    expect(error).toMatchObject({ message: expect.stringMatching(problem) })
    return
  }
  expect.unreachable()
})

import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFirehoseTarget, createSigner } from '../../src/reingest/index.ts'
import { runs } from '../support/runs.ts'

const OLD = 'an old secret of at least 32 characters'
const NEW = 'a new secret of at least 32 characters'

describe('a signer', () => {
  it('verifies what it signed, and nothing else', () => {
    const { sign, verify } = createSigner(NEW)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, other) => {
        expect(verify(text, sign(text))).toBe(true)
        expect(verify(other, sign(text))).toBe(Buffer.from(text).equals(Buffer.from(other)))
        expect(verify(text, other)).toBe(false)
      }),
      { numRuns: runs(1_000) },
    )
  })

  it.each<[string, (signature: string) => unknown]>([
    ['none', () => ''],
    ['a part', (signature) => signature.slice(0, -1)],
    ['more', (signature) => `${signature}=`],
    ['another string of the same bytes', (signature) => `${signature.slice(0, -1)}${next(signature.at(-1))}`],
    ['another case', (signature) => signature.toUpperCase()],
    ['not a string', () => ({ length: 43 })],
  ])('refuses a signature that is %s', (_, change) => {
    const { sign, verify } = createSigner(NEW)
    expect(verify('text', change(sign('text')) as string)).toBe(false)
  })

  it('refuses what another secret signed', () => {
    expect(createSigner(NEW).verify('text', createSigner(OLD).sign('text'))).toBe(false)
  })

  it('signs with the first secret and verifies with all of them, so that a secret can be replaced', () => {
    const rotating = createSigner([NEW, OLD])
    expect(rotating.sign('text')).toBe(createSigner(NEW).sign('text'))
    expect(rotating.verify('text', createSigner(OLD).sign('text'))).toBe(true)
    expect(createSigner(OLD).verify('text', rotating.sign('text'))).toBe(false)
  })

  it('keeps its keys if the list changes', () => {
    const secrets = [NEW]
    const { verify } = createSigner(secrets)
    secrets.push(OLD)
    expect(verify('text', createSigner(OLD).sign('text'))).toBe(false)
  })

  it('signs for this purpose alone: the same secret and string have another signature elsewhere', () => {
    const elsewhere = createHmac('sha256', NEW).update('text').digest('base64url')
    expect(createSigner(NEW).sign('text')).not.toBe(elsewhere)
    expect(createSigner(NEW).verify('text', elsewhere)).toBe(false)
  })

  it('keeps the same signatures from version to version', () => {
    const domain = 'firehose-iceberg-router/reingest/v1\0'
    expect(createSigner(NEW).sign('text')).toBe(createHmac('sha256', NEW).update(`${domain}text`).digest('base64url'))
  })

  it.each<[unknown, RegExp]>([
    ['short', /secret: expected at least 32 characters, got 5/],
    [[NEW, 'short'], /secret\[1\]: expected at least 32 characters, got 5/],
    [[], /secret: expected at least one/],
    [42, /secret: expected a string, got number/],
    [[undefined], /secret\[0\]: expected a string, got undefined/],
  ])('refuses the secret %j, and does not print it', (secret, message) => {
    expect(() => createSigner(secret as string)).toThrow(message)
    expect(() => createSigner(secret as string)).not.toThrow(/short/)
  })

  it('takes a secret of exactly 32 characters', () => {
    const secret = 's'.repeat(32)
    const { sign, verify } = createSigner(secret)
    expect(verify('text', sign('text'))).toBe(true)
    expect(() => createSigner(secret.slice(1))).toThrow(/expected at least 32 characters, got 31/)
  })

  it.each([[undefined], [null], [42], [['a']]])('verifies no signature that is %j', (given) => {
    expect(createSigner(NEW).verify('text', given as never)).toBe(false)
  })

  it('keeps the secrets that it was made with', () => {
    const secrets = [OLD]
    const { sign } = createSigner(secrets)
    const before = sign('text')
    secrets[0] = NEW
    expect(sign('text')).toBe(before)
  })

  it('belongs to a target only if that has a secret', () => {
    const client = { send: async () => undefined }
    expect(createFirehoseTarget({ client }).signer).toBeUndefined()
    const signer = createFirehoseTarget({ client, secret: NEW }).signer
    expect(signer?.verify('text', createSigner(NEW).sign('text'))).toBe(true)
  })
})

/** The last letter of a signature has two bits that no byte needs: this sets one of them. */
function next(letter = 'A'): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return letters[letters.indexOf(letter) + 1] ?? letter
}

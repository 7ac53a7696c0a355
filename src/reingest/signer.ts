import { createHmac, timingSafeEqual } from 'node:crypto'
import { IcebergRouterError } from '../error.ts'
import type { ReingestTarget } from '../router/target.ts'

/** One secret, or several while they are rotated: the first signs, all of them verify. */
export type Secret = string | readonly string[]

/** As long as what SHA-256 gives: a shorter key would be the weakest part. */
const MIN_SECRET_LENGTH = 32

/** What is signed begins with this, so that a signature made for anything else by the same secret is worth nothing here. */
const DOMAIN = 'firehose-iceberg-router/reingest/v1\0'

/**
 * Signs with HMAC-SHA256 what a router puts back, so that a producer who can write to the stream cannot forge it. Targets of
 * this package make theirs from `secret`; a target of your own takes this.
 *
 * @param secret at least 32 characters each
 * @throws IcebergRouterError `InvalidOptions`
 */
export function createSigner(secret: Secret): NonNullable<ReingestTarget['signer']> {
  const problems = secretProblems(secret)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'createSigner:', { problems })
  const keys: readonly string[] = typeof secret === 'string' ? [secret] : [...secret]
  return {
    sign: (text) => signature(keys[0] ?? '', text),
    // Every key is tried, found or not: how long it takes says nothing about which one it was.
    verify: (text, given) => keys.map((key) => isEqual(signature(key, text), given)).includes(true),
  }
}

/** What is wrong with a secret, without saying any of it. */
export function secretProblems(secret: unknown): string[] {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret]
  if (secrets.length === 0) return ['secret: expected at least one']
  return secrets.flatMap((one, index) => {
    const where = Array.isArray(secret) ? `secret[${index}]` : 'secret'
    if (typeof one !== 'string') return [`${where}: expected a string, got ${typeof one}`]
    if (one.length >= MIN_SECRET_LENGTH) return []
    return [`${where}: expected at least ${MIN_SECRET_LENGTH} characters, got ${one.length}`]
  })
}

function signature(key: string, text: string): string {
  return createHmac('sha256', key).update(DOMAIN).update(text, 'utf8').digest('base64url')
}

/** Compares the texts, not what they decode to: base64 has several texts for the same bytes. */
function isEqual(expected: string, given: unknown): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(expected, 'utf8'), Buffer.from(given, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { IcebergRouterError } from '../error.ts'
import type { ReingestTarget } from '../router/target.ts'

/** One secret, or several while they are rotated: the first signs, all of them verify. */
export type Secret = string | readonly string[]

/** The length of a SHA-256 digest: a shorter key would be the weakest part. */
const MIN_SECRET_LENGTH = 32

/** The prefix of everything that is signed, so that signatures for other purposes with the same secret are invalid here. */
const DOMAIN = 'firehose-iceberg-router/reingest/v1\0'

/**
 * Makes a signer (HMAC-SHA256) for what a router puts back, so that a producer who can write to the stream cannot forge it.
 * Targets of this package make theirs from `secret`; pass this to a custom target.
 *
 * @param secret at least 32 characters each; undefined, such as a variable that is not set, is refused
 * @throws IcebergRouterError `InvalidOptions`
 */
export function createSigner(secret: Secret | undefined): NonNullable<ReingestTarget['signer']> {
  const problems = secretProblems(secret)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'createSigner:', { problems })
  const keys: readonly string[] = typeof secret === 'string' ? [secret] : [...(secret ?? [])]
  return {
    sign: (text) => signature(keys[0] ?? '', text),
    // All keys are tried, so that the time does not reveal which one matched.
    verify: (text, given) => keys.map((key) => isEqual(signature(key, text), given)).includes(true),
  }
}

/** Finds the problems of a secret; no message shows any part of it. */
export function secretProblems(secret: unknown): string[] {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret]
  if (secrets.length === 0) return ['secret: expected at least one']
  return secrets.flatMap((key, index) => {
    const where = Array.isArray(secret) ? `secret[${index}]` : 'secret'
    if (typeof key !== 'string') return [`${where}: expected a string, got ${typeof key}`]
    if (key.length >= MIN_SECRET_LENGTH) return []
    return [`${where}: expected at least ${MIN_SECRET_LENGTH} characters, got ${key.length}`]
  })
}

function signature(key: string, text: string): string {
  return createHmac('sha256', key).update(DOMAIN).update(text, 'utf8').digest('base64url')
}

/** Compares the strings, not the bytes they decode to: several base64 strings decode to the same bytes. */
function isEqual(expected: string, given: unknown): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(expected, 'utf8'), Buffer.from(given, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}

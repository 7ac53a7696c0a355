import { Buffer } from 'node:buffer'
import type { ReingestTarget } from 'firehose-iceberg-router'
import type { ReingestContext, ReingestItem, ReingestResult } from 'firehose-iceberg-router/reingest'
import { reingestTarget } from 'firehose-iceberg-router/reingest'

/** The result of one item: `lost` means accepted without a confirmation. */
export type Fate = 'accepted' | 'throttled' | 'lost'

/** The result of a call: a user's target may do anything. */
export type CallFate = 'answers' | 'late' | 'never' | 'throws' | 'rejects' | 'nonsense'

/** A stream in memory that accepts records that are put back. */
export interface TestStream {
  readonly target: ReingestTarget
  /** The records of the stream, in order; tests take from it. */
  readonly items: ReingestItem[]
  readonly calls: ReingestContext[]
  /** Items, as text, that were accepted without a confirmation. */
  readonly unconfirmed: Set<string>
}

/** Settings of {@link createTestStream}. */
export interface TestStreamOptions {
  readonly fate?: () => Fate
  readonly callFate?: () => CallFate
  readonly signer?: ReingestTarget['signer']
}

/** Makes a stream; by default it accepts everything. */
export function createTestStream({ fate, callFate, signer }: TestStreamOptions = {}): TestStream {
  const stream = { items: [] as ReingestItem[], calls: [] as ReingestContext[], unconfirmed: new Set<string>() }
  const take = (item: ReingestItem, confirmed: boolean): ReingestResult => {
    stream.items.push(item)
    if (confirmed) return { accepted: true }
    stream.unconfirmed.add(textOf(item))
    return { accepted: false, reason: 'InternalFailure' }
  }
  const putOne = (item: ReingestItem, confirmed: boolean): ReingestResult => {
    const end = fate?.() ?? 'accepted'
    if (end === 'throttled') return { accepted: false, reason: 'ServiceUnavailableException' }
    return take(item, confirmed && end === 'accepted')
  }
  const put: ReingestTarget['put'] = (items, call) => {
    stream.calls.push(call)
    const end = callFate?.() ?? 'answers'
    if (end === 'throws') throw new Error('broken')
    const answers = items.map((item) => putOne(item, end === 'answers'))
    if (end === 'rejects') return Promise.reject(new Error('broken'))
    if (end === 'never') return new Promise(() => undefined)
    if (end === 'late') return new Promise((resolve) => setTimeout(resolve, 25, answers))
    if (end === 'nonsense') return Promise.resolve(null as unknown as ReingestResult[])
    return Promise.resolve(answers)
  }
  return { ...stream, target: reingestTarget({ put, ...(signer !== undefined && { signer }) }) }
}

/** An item as text. */
export function textOf({ data }: ReingestItem): string {
  return Buffer.from(data).toString('utf8')
}

/** The head of an envelope, read without the code that is tested. */
export function headOf(text: string): { kind: string; origin: string; index?: number; hops: number } | undefined {
  const content: unknown = JSON.parse(text)['~firehose-iceberg-router']
  return content === undefined ? undefined : JSON.parse((content as { head: string }).head)
}

/** A signer without a secret that still detects changes. */
export const testSigner: NonNullable<ReingestTarget['signer']> = {
  sign: (text) => `${text.length}.${checksum(text)}`,
  verify: (text, signature) => signature === `${text.length}.${checksum(text)}`,
}

function checksum(text: string): number {
  let sum = 7
  for (let index = 0; index < text.length; index++) sum = (Math.imul(sum, 31) + text.charCodeAt(index)) >>> 0
  return sum
}

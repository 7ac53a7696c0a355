import { Buffer } from 'node:buffer'
import { parseHead } from '../../reingest/fanout/head.ts'
import { ENVELOPE_KEY } from '../../router/is-envelope.ts'

/** Reads the id under which a put-back record first arrived; undefined for anything that is not an envelope. */
export function originOf(data: Uint8Array): string | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(data).toString('utf8'))[ENVELOPE_KEY]
    const head = typeof content === 'object' && content !== null && 'head' in content ? content.head : undefined
    return typeof head === 'string' ? parseHead(head)?.origin : undefined
  } catch {
    return undefined
  }
}

import type { Base } from './base.ts'
import { BYTE_MUTATIONS, MUTATIONS } from './mutations.ts'
import { createRandom } from './random.ts'

/** A document that was made hostile, and how. */
export interface Mutant {
  readonly kind: string
  readonly bytes: Buffer
}

/** The names of all ways to change a document. */
export const KINDS: readonly string[] = Object.keys(MUTATIONS)

const ALL = Object.entries(MUTATIONS)
const BLIND = Object.entries(BYTE_MUTATIONS)

/** Makes one hostile document after the other of valid ones; the same seed gives the same documents. */
export function createMutator(seed: number, bases: readonly Base[]): () => Mutant {
  const random = createRandom(seed)
  return () => {
    const base = random.pick(bases)
    // An empty object has no parts.
    const [kind, mutate] = random.pick(base.objects.length === 0 ? BLIND : ALL)
    const bytes = mutate(base, random)
    if (bytes.length === 0 || !random.once(10)) return { kind, bytes }
    // Once more, blindly: mistakes meet.
    const [, blind] = random.pick(BLIND)
    return { kind, bytes: blind({ ...base, bytes, strings: [] }, random) }
  }
}

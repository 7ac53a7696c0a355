import type { Base } from './base.ts'
import { BYTE_MUTATIONS, MUTATIONS } from './mutations.ts'
import { createRandom } from './random.ts'

/** A mutated document, and the kind of mutation. */
export interface Mutant {
  readonly kind: string
  readonly bytes: Buffer
}

/** The names of all ways to change a document. */
export const KINDS: readonly string[] = Object.keys(MUTATIONS)

const ALL = Object.entries(MUTATIONS)
const BLIND = Object.entries(BYTE_MUTATIONS)

/** Makes hostile documents from valid ones, one after the other; the same seed gives the same documents. */
export function createMutator(seed: number, bases: readonly Base[]): () => Mutant {
  const random = createRandom(seed)
  return () => {
    const base = random.pick(bases)
    // An empty object has no parts.
    const [kind, mutate] = random.pick(base.objects.length === 0 ? BLIND : ALL)
    const bytes = mutate(base, random)
    if (bytes.length === 0 || !random.once(10)) return { kind, bytes }
    // Mutate once more, blindly, so that mistakes combine.
    const [, blind] = random.pick(BLIND)
    return { kind, bytes: blind({ ...base, bytes, strings: [] }, random) }
  }
}

import { bothEngines, findDisagreement } from './agreement.ts'
import { createMutator } from './mutate.ts'
import { randomRouter } from './routers.ts'

/** The number of documents for each router. */
const PER_ROUTER = 400

/** What a run has tried. */
export interface Tried {
  readonly documents: number
  /** The documents that the compiled engine took. */
  readonly taken: number
  readonly routers: number
  /** The number of documents for each kind of mutation. */
  readonly kinds: ReadonlyMap<string, number>
}

/**
 * Generates routers and hostile documents for them, and compares the answers of the two engines.
 *
 * @param onProgress called after each router
 * @throws Error with the seed, the document and both answers, if they differ
 */
export async function fuzz(
  { documents, seed }: { readonly documents: number; readonly seed: number },
  onProgress: (tried: Tried) => void = () => undefined,
): Promise<Tried> {
  const kinds = new Map<string, number>()
  let tried: Tried = { documents: 0, taken: 0, routers: 0, kinds }
  while (tried.documents < documents) {
    const routerSeed = seed + tried.routers
    const { routes, ending, bases } = randomRouter(routerSeed)
    const engines = bothEngines(routes, ending)
    const mutate = createMutator(routerSeed, bases)
    // The events themselves first: the compiled engine is made for them.
    const mutants = Array.from({ length: Math.min(PER_ROUTER, documents - tried.documents) }, mutate)
    for (const { kind } of mutants) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    const all = [...bases.map(({ bytes }) => bytes), ...mutants.map(({ bytes }) => bytes)]
    const found = await findDisagreement(engines, all)
    if (found !== undefined) throw new Error(explain(routerSeed, found))
    tried = {
      documents: tried.documents + mutants.length,
      taken: tried.taken + engines.taken(),
      routers: tried.routers + 1,
      kinds,
    }
    onProgress(tried)
  }
  return tried
}

function explain(
  seed: number,
  { document, plain, compiled }: { document: Uint8Array; plain: unknown; compiled: unknown },
) {
  const parts = { document: Buffer.from(document).toString('latin1'), plain, compiled }
  return `the engines disagree (router seed ${seed}): ${JSON.stringify(parts, undefined, 2)}`
}

import { bothEngines, findDisagreement } from './agreement.ts'
import { createMutator } from './mutate.ts'
import { randomRouter } from './routers.ts'

/** How many documents a router gets. */
const PER_ROUTER = 400

/** What was tried. */
export interface Tried {
  readonly documents: number
  /** Those that the compiled engine took by itself. */
  readonly taken: number
  readonly routers: number
  /** How many documents of each kind of mutation there were. */
  readonly kinds: ReadonlyMap<string, number>
}

/**
 * Makes up routers and hostile documents for them, and compares what the two engines say.
 *
 * @param onProgress is told after each router
 * @throws Error with the seed, the document and both answers, where they differ
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
    // The events themselves first: they are what the compiled engine is for.
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

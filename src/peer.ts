import { IcebergRouterError } from './error.ts'

/** An optional peer dependency, with the words of the error when it cannot be loaded. */
export interface Peer {
  readonly name: string
  /** What needs it, as the beginning of a sentence: `the local warehouse`. */
  readonly user: string
  /** The command that installs it. */
  readonly install: string
  /** The entry of this package to load with `import` if the peer is ESM only and an old Node cannot `require` it. */
  readonly entry: string
}

/**
 * Loads an optional peer dependency when it is first needed, so that only its users have to install it.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export async function importPeer<Module>(peer: Peer, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    throw peerError(peer, cause)
  }
}

/** The error to throw if the `import()` of a peer failed: `MissingDependency`, or what the peer itself threw. */
export function peerError(peer: Peer, cause: unknown): unknown {
  // A CommonJS build turns import() into require(), which loads ESM packages from Node 20.19 on.
  if (codeOf(cause) === 'ERR_REQUIRE_ESM') return tooOld(peer, cause)
  // A peer that is installed but lacks one of its own dependencies is broken, not missing.
  if (!isMissing(cause, peer.name)) return cause
  const message = `${peer.user} needs ${peer.name}: ${peer.install}`
  return new IcebergRouterError('MissingDependency', message, { cause })
}

/**
 * The error to throw if a peer lacks what is used of it. Our peer ranges take every version, because npm refuses to install
 * beside another one even if the peer is optional; so the version is checked where the peer is used.
 */
export function outdatedPeer({ user, name, install }: Omit<Peer, 'entry'>, version: string): IcebergRouterError {
  const message = `${user} needs ${name} ${version} or later, and an earlier version is installed: ${install}`
  return new IcebergRouterError('MissingDependency', message)
}

function tooOld({ name, user, entry }: Peer, cause: unknown): IcebergRouterError {
  const remedy = `update Node to 20.19 or later, or load ${entry} with import`
  return new IcebergRouterError('MissingDependency', `${user} cannot require ${name}: ${remedy}`, { cause })
}

function isMissing(error: unknown, name: string): boolean {
  const code = codeOf(error)
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return false
  return error instanceof Error && error.message.includes(`'${name}'`)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

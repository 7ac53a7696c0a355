import { IcebergRouterError } from '../../error.ts'
import { codeOf } from './node-disk.ts'

type Avsc = typeof import('avsc')
type ParquetWriterModule = typeof import('hyparquet-writer')

/** Loads the Avro library: an optional peer, so that nobody who only routes has to install it. */
export async function loadAvsc(): Promise<Avsc> {
  const module = await loadPeer('avsc', () => import('avsc') as Promise<Avsc & { readonly default?: Avsc }>)
  // A CommonJS package: Node puts what it exports under `default`.
  return module.default ?? module
}

/** Loads the Parquet library: an optional peer, and ESM only. */
export function loadParquetWriter(): Promise<ParquetWriterModule> {
  return loadPeer('hyparquet-writer', () => import('hyparquet-writer'))
}

/**
 * Loads an optional peer dependency.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export async function loadPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    // A CommonJS build turns import() into require(), which reaches ESM packages from Node 20.19 on.
    if (codeOf(cause) === 'ERR_REQUIRE_ESM') throw tooOld(name, cause)
    // A peer that is there but lacks something of its own is broken, not missing.
    if (!isMissing(cause, name)) throw cause
    const command = 'npm install --save-dev avsc hyparquet-writer'
    throw new IcebergRouterError('MissingDependency', `the local warehouse needs ${name}: ${command}`, { cause })
  }
}

function tooOld(name: string, cause: unknown): IcebergRouterError {
  const remedy = 'update Node to 20.19 or later, or load firehose-iceberg-router/local with import'
  return new IcebergRouterError('MissingDependency', `the local warehouse cannot require ${name}: ${remedy}`, { cause })
}

function isMissing(error: unknown, name: string): boolean {
  const code = codeOf(error)
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return false
  return error instanceof Error && error.message.includes(`'${name}'`)
}

import type { IcebergRouterError } from '../../error.ts'
import { importPeer, outdatedPeer } from '../../peer.ts'

type Avsc = typeof import('avsc')
type ParquetWriterModule = typeof import('hyparquet-writer')

/** Loads the Avro library: an optional peer, because a router in Lambda does not need it. */
export async function loadAvsc(): Promise<Avsc> {
  const module = await loadPeer('avsc', () => import('avsc') as Promise<Avsc & { readonly default?: Avsc }>)
  // A CommonJS package: Node puts what it exports under `default`.
  const avsc = module.default ?? module
  if (typeof avsc.Type.forSchema !== 'function') throw outdatedLibrary('avsc', '5')
  return avsc
}

/** Loads the Parquet library: an optional peer, and ESM only. */
export async function loadParquetWriter(): Promise<ParquetWriterModule> {
  const module = await loadPeer('hyparquet-writer', () => import('hyparquet-writer'))
  // Not used here, but the versions without it write and read differently.
  if (!('parquetWriteRows' in module)) throw outdatedWriter()
  return module
}

/**
 * Loads a library of the warehouse, an optional peer.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export function loadPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  return importPeer({ ...WAREHOUSE, name }, load)
}

/** The error for a hyparquet-writer that is too old, or whose hyparquet is. */
export function outdatedWriter(): IcebergRouterError {
  return outdatedLibrary('hyparquet-writer', '0.17')
}

function outdatedLibrary(name: string, version: string): IcebergRouterError {
  return outdatedPeer({ ...WAREHOUSE, name, install: `npm install --save-dev ${name}@latest` }, version)
}

const WAREHOUSE = {
  user: 'the local warehouse',
  install: 'npm install --save-dev avsc hyparquet-writer',
  entry: 'firehose-iceberg-router/local',
}

import { importPeer } from '../../peer.ts'

type Avsc = typeof import('avsc')
type ParquetWriterModule = typeof import('hyparquet-writer')

/** Loads the Avro library: an optional peer, because a router in Lambda does not need it. */
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
 * Loads a library of the warehouse, an optional peer.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export function loadPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  return importPeer({ ...WAREHOUSE, name }, load)
}

const WAREHOUSE = {
  user: 'the local warehouse',
  install: 'npm install --save-dev avsc hyparquet-writer',
  entry: 'firehose-iceberg-router/local',
}

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { loadPeer } from './peers.ts'

/** The functions of the Parquet library for reading that are used here. */
export type ParquetReader = Pick<typeof import('hyparquet'), 'parquetMetadataAsync' | 'parquetReadObjects'>

/**
 * Loads hyparquet, which comes with hyparquet-writer: reading needs no other package than writing. It is
 * resolved from there, because package managers such as pnpm show a package only its own dependencies.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export function loadParquetReader(): Promise<ParquetReader> {
  return loadPeer('hyparquet-writer', async () => {
    const writer = createRequire(import.meta.url).resolve('hyparquet-writer')
    return import(pathToFileURL(createRequire(writer).resolve('hyparquet')).href)
  })
}

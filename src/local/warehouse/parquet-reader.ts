import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { loadPeer } from './peers.ts'

/** The Parquet library for reading, as far as it is used here. */
export type ParquetReader = Pick<typeof import('hyparquet'), 'parquetMetadataAsync' | 'parquetReadObjects'>

/**
 * Loads hyparquet, which comes with hyparquet-writer: nobody who writes tables here has to install more to read them. It is
 * looked for from there, because package managers such as pnpm show a package only what it asks for itself.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export function loadParquetReader(): Promise<ParquetReader> {
  return loadPeer('hyparquet-writer', async () => {
    const writer = createRequire(import.meta.url).resolve('hyparquet-writer')
    return import(pathToFileURL(createRequire(writer).resolve('hyparquet')).href)
  })
}

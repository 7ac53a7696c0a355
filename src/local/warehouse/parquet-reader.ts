import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { loadPeer, outdatedWriter } from './peers.ts'

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
    return import(pathToFileURL(resolveReader(writer)).href)
  })
}

function resolveReader(writer: string): string {
  try {
    return createRequire(writer).resolve('hyparquet')
  } catch (cause) {
    // The hyparquet of an old hyparquet-writer is for `import` alone, and has other names for what is used here.
    const isOld = cause instanceof Error && 'code' in cause && cause.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
    throw isOld ? outdatedWriter() : cause
  }
}

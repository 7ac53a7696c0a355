import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { IcebergRouterError } from '../error.ts'
import { isGzip } from './compression.ts'
import { readAll } from './input.ts'

/**
 * Reads a JSON file, which may be gzipped.
 *
 * @throws IcebergRouterError `InvalidOptions` if it cannot be read or is not JSON
 */
export function readJsonFile(path: string): unknown {
  const bytes = attempt(`${path} cannot be read`, () => readAll(path))
  const text = attempt(`${path} cannot be unpacked`, () => (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString('utf8'))
  return attempt(`${path} is not valid JSON`, () => JSON.parse(text.replace(/^\uFEFF/, '')))
}

/**
 * Finds the metadata file of a table: in the folder `path`, or `path` itself if it is a file. Such a file needs the right name
 * only if there are several tables, because a copy may have another name. Undefined if there is no such file.
 */
export function findMetadataFile(path: string, location: string | undefined, isOnlyTable: boolean): string | undefined {
  const name = basename(location ?? '')
  if (!existsSync(path) || !statSync(path).isDirectory())
    return isOnlyTable || basename(path) === name ? path : undefined
  const file = join(path, name)
  return name !== '' && existsSync(file) ? file : undefined
}

/** Finds the newest metadata file of a table in a local warehouse; undefined if there is no such file. */
export function newestMetadataFile(folder: string): string | undefined {
  const metadata = join(folder, 'metadata')
  if (!existsSync(metadata)) return undefined
  const versions = readdirSync(metadata).flatMap((name) => {
    const [, number] = /^v?(\d+)(?:-[\w-]+)?(?:\.gz)?\.metadata\.json(?:\.gz)?$/.exec(name) ?? []
    return number === undefined ? [] : [{ name, number: Number(number) }]
  })
  const newest = versions.reduce<(typeof versions)[number] | undefined>((best, version) => {
    return best === undefined || version.number > best.number ? version : best
  }, undefined)
  return newest === undefined ? undefined : join(metadata, newest.name)
}

function attempt<Result>(problem: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw new IcebergRouterError('InvalidOptions', problem, { cause })
  }
}

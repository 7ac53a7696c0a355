import { gunzipSync } from 'node:zlib'

/** How a metadata file is stored: plain, or as gzip, which Iceberg's Java library writes if a property of the table asks for it. */
export type MetadataCodec = 'none' | 'gzip'

const VERSION_FILE = /^v(\d{1,15})\.(?:(\w+)\.)?metadata\.json(?:\.(\w+))?$/
const GZIP_MAGIC = [0x1f, 0x8b] as const

/** The name of a metadata file, as in Iceberg's file-system tables. https://iceberg.apache.org/spec/#file-system-tables */
export function versionFile(number: number, codec: MetadataCodec = 'none'): string {
  return `v${number}.${codec === 'gzip' ? 'gz.' : ''}metadata.json`
}

/** Every name that a version may have, in the order in which Iceberg's Java library looks for them. */
export function versionFiles(number: number): readonly string[] {
  return [versionFile(number), versionFile(number, 'gzip'), `${versionFile(number)}.gz`]
}

/** The version that a file in the metadata folder has; undefined for any other file. */
export function versionOf(name: string): number | undefined {
  const digits = VERSION_FILE.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The codec that a table wants for its metadata, so that two writers of a version compete for the same name. */
export function codecOf(properties: { readonly [name: string]: string } | undefined): MetadataCodec {
  return properties?.['write.metadata.compression-codec']?.toLowerCase() === 'gzip' ? 'gzip' : 'none'
}

/**
 * The JSON bytes of a metadata file; decompressed if they are gzip, whatever the file is called.
 *
 * @throws Error for damaged gzip
 */
export function inflateMetadata(bytes: Uint8Array): Uint8Array {
  return GZIP_MAGIC.every((byte, index) => bytes[index] === byte) ? gunzipSync(bytes) : bytes
}

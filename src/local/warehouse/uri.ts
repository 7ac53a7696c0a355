/**
 * Writes an absolute path as the URI that Iceberg metadata names files by. Nothing is percent-encoded: Hadoop, PyIceberg
 * and DuckDB all take what stands after `file://` as it is, spaces and other alphabets included.
 */
export function toFileUri(path: string): string {
  const slashed = path.replaceAll('\\', '/')
  return slashed.startsWith('/') ? `file://${slashed}` : `file:///${slashed}`
}

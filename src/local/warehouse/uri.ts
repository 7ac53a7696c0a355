/**
 * Writes an absolute path as the URI that Iceberg metadata names files by. Nothing is percent-encoded: Hadoop, PyIceberg
 * and DuckDB all take what stands after `file://` as it is, spaces and other alphabets included.
 */
export function toFileUri(path: string): string {
  const slashed = path.replaceAll('\\', '/')
  return slashed.startsWith('/') ? `file://${slashed}` : `file:///${slashed}`
}

/** Whether two locations are the same folder: other programs write `file:/…` and plain paths too. */
export function isSamePlace(location: string, other: string): boolean {
  return toPlainPath(location) === toPlainPath(other)
}

function toPlainPath(location: string): string {
  return location.replace(/^file:\/*(?=\/)/, '').replace(/(?<=.)\/+$/, '')
}

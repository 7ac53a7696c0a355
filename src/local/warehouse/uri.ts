/**
 * Writes an absolute path as the URI of a file in Iceberg metadata. Nothing is percent-encoded: Hadoop, PyIceberg and DuckDB use
 * what follows `file://` without decoding it, also spaces and other alphabets.
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

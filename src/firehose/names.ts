/** Tells whether Iceberg's GlueCatalog accepts a database's name (`IcebergToGlueConverter`): stricter than Firehose's API. */
export function isDatabaseName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z0-9_]{1,252}$/.test(name)
}

/** Tells whether Iceberg's GlueCatalog accepts a table's or a column's name (`IcebergToGlueConverter`). */
export function isTableName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z0-9_]{1,255}$/.test(name)
}

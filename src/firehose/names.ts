const NAME = /^[a-z0-9_]+$/

/** Checks whether Iceberg's GlueCatalog accepts a database's name (`IcebergToGlueConverter`): stricter than Firehose's API. */
export function isDatabaseName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 252 && NAME.test(name)
}

/** Checks whether Iceberg's GlueCatalog accepts a table's or a column's name (`IcebergToGlueConverter`). */
export function isTableName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 255 && NAME.test(name)
}

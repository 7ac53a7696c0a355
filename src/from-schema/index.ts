export type { JsonSchema } from './json-schema.ts'
export { type TableFromSchemaOptions, tableFromSchema } from './table-from-schema.ts'

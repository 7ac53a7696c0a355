export type { JsonSchema } from './json-schema-type.ts'
export type { JsonSchemaObject } from './schema-row-type.ts'
export { type TableFromSchemaOptions, tableFromSchema } from './table-from-schema.ts'
export type { JsonSchemaConverter, StandardJsonSchema } from './to-json-schema.ts'

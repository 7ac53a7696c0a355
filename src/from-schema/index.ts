export type { JsonSchema } from './json.ts'
export type { JsonSchemaConverter, StandardJsonSchema } from './json-schema.ts'
export type { JsonSchemaObject } from './row-type.ts'
export { type TableFromSchemaOptions, tableFromSchema } from './table-from-schema.ts'

import { IcebergRouterError } from '../error.ts'
import { isTableName } from '../firehose/names.ts'
import type { StandardSchema } from '../standard-schema.ts'
import type { Columns } from '../table/column.ts'
import { defineTable, type Table, type TableOptions } from '../table/table.ts'
import { type Conversion, toColumns } from './convert.ts'
import { isJsonSchema, type JsonSchema } from './json-schema-type.ts'
import { type Naming, toSnakeCase } from './naming.ts'
import { outputProblems } from './output.ts'
import { resolveVariants, Unresolvable } from './resolve.ts'
import type { ColumnsOfSchema, JsonSchemaObject } from './schema-row-type.ts'
import { type StandardJsonSchema, toJsonSchema } from './to-json-schema.ts'

/** The largest number of parts in a schema, far more than tables have columns. */
const MAX_PARTS = 10_000

/** The options of `tableFromSchema`. */
export interface TableFromSchemaOptions<
  C extends Columns,
  Overrides extends Columns,
  Names extends Naming,
  Key extends keyof C & string,
  Partition extends keyof C & string,
> extends Omit<TableOptions<C, Key, Partition>, 'columns'> {
  /** Columns by name, for types that a schema cannot express, such as `decimal(10, 2)`, `long()`, `timestamptz()` or `json()`. */
  readonly columns?: Overrides
  /**
   * `exact` (default): keys are the names of columns, and have to be in lower case. `snake_case`: `messageId` becomes
   * `message_id`, in structs too, and the transform writes the new names.
   */
  readonly names?: Names
}

/**
 * Declares a table by a schema that describes its rows: a schema that converts itself to JSON Schema (Zod 4, ArkType 2, Joi 18
 * and every other with `~standard.jsonSchema`), or a JSON Schema. The columns follow the output of the schema, not its input:
 * a schema of an unknown library has to validate a sample. A property that is optional or may be null becomes a nullable
 * column.
 *
 * @throws IcebergRouterError `InvalidTable`, with everything that has no Iceberg form in it
 */
export function tableFromSchema<
  const Schema extends StandardSchema | StandardJsonSchema | JsonSchema | JsonSchemaObject,
  const Overrides extends Columns = Record<never, never>,
  const Names extends Naming = 'exact',
  const Key extends keyof ColumnsOfSchema<Schema, Overrides, Names> & string = never,
  const Partition extends keyof ColumnsOfSchema<Schema, Overrides, Names> & string = never,
>(
  schema: Schema,
  options: TableFromSchemaOptions<ColumnsOfSchema<Schema, Overrides, Names>, Overrides, Names, Key, Partition>,
): Table<ColumnsOfSchema<Schema, Overrides, Names>, Key, Partition> {
  const { columns: overrides = {}, names = 'exact', ...rest } = options
  const problems: string[] = []
  const conversion = { overrides, problems, nameOf: naming(names, problems) }
  const json = toJsonSchema(schema, rest.name)
  const columns = rowColumns(json, conversion)
  if (problems.length === 0) {
    const made = Object.entries(columns).filter(([name]) => !Object.hasOwn(overrides, name))
    const nameOf = (key: string): string => (names === 'snake_case' ? toSnakeCase(key) : key)
    problems.push(...outputProblems(schema, { json, columns: Object.fromEntries(made), nameOf }))
  }
  if (problems.length > 0) {
    const headline = `table ${JSON.stringify(rest.name)} cannot be made of its schema:`
    throw new IcebergRouterError('InvalidTable', headline, { problems })
  }
  // The conversion follows the schema, so its columns have the types that the schema's own types say.
  return defineTable({ ...rest, columns: columns as ColumnsOfSchema<Schema, Overrides, Names> })
}

function rowColumns(root: JsonSchema, conversion: Conversion): Columns {
  const budget = { left: MAX_PARTS }
  const resolved = resolveVariants(root, { root, path: [], refs: [], budget })
  const variants = resolved instanceof Unresolvable ? [] : resolved.variants
  const [row] = variants
  if (row === undefined || variants.length > 1 || !isJsonSchema(row.schema['properties'])) {
    conversion.problems.push(
      `expected the schema of an object with properties, which become the columns, got ${describe(resolved)}`,
    )
    return {}
  }
  const columns = toColumns(row.schema, { ...row.location, refs: [...row.location.refs, '#'] }, conversion)
  if (budget.left < 0) {
    conversion.problems.splice(0, Infinity, `expected a schema of at most ${MAX_PARTS} parts, references followed`)
    return {}
  }
  const misspelt = Object.keys(conversion.overrides).filter((name) => !Object.hasOwn(columns, name))
  conversion.problems.push(...misspelt.map((name) => `columns: the schema has no key for "${name}"`))
  return columns
}

function describe(resolved: ReturnType<typeof resolveVariants>): string {
  if (resolved instanceof Unresolvable) return resolved.reason
  const types = resolved.variants.map(({ schema }) => String(schema['type'] ?? 'anything'))
  return types.length === 0 ? 'null' : types.join(' or ')
}

function naming(names: Naming, problems: string[]): Conversion['nameOf'] {
  if (names !== 'exact' && names !== 'snake_case') problems.push("names: expected 'exact' or 'snake_case'")
  return (key, path) => {
    const name = names === 'snake_case' ? toSnakeCase(key) : key
    if (isTableName(name)) return name
    const hint =
      names === 'exact' && isTableName(toSnakeCase(key)) ? `; names: 'snake_case' makes it ${toSnakeCase(key)}` : ''
    problems.push(`at ${path.join('.')}: expected a column's name of lower-case letters, digits and underscores${hint}`)
    return name
  }
}

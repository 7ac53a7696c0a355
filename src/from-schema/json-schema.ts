import { IcebergRouterError } from '../error.ts'
import { isStandardSchema, type StandardSchema } from '../standard-schema.ts'

/** A JSON Schema, as JSON. https://json-schema.org/draft/2020-12/json-schema-core */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** The part of Standard JSON Schema that is used here. https://standardschema.dev/json-schema */
interface Converter {
  readonly output: (options: { readonly target: string; readonly libraryOptions?: object }) => unknown
}

/** JSON has neither dates nor integers of 64 bits; a table has. */
const DATE = { type: 'string', format: 'date-time' }
const BIGINT = { type: 'integer', format: 'int64' }
const NULL = { type: 'null' }

/** A JSON Schema that is being written. */
type MutableJsonSchema = { [keyword: string]: unknown }

/** The parts of a Zod schema that are looked at here. */
interface ZodSchema {
  readonly _zod: {
    readonly def: {
      readonly type: string
      /** Of a literal. */
      readonly values?: readonly unknown[]
      /** Of an array. */
      readonly element?: ZodSchema
      /** Of a record. */
      readonly valueType?: ZodSchema
    }
    /** Whether undefined may come out of it. */
    readonly optout?: 'optional' | undefined
  }
}

/**
 * The JSON Schema of what a schema lets through: itself, or what its validator makes of it.
 *
 * @throws IcebergRouterError `InvalidTable` where the validator has no such conversion, or it fails
 */
export function toJsonSchema(schema: StandardSchema | JsonSchema, table: unknown): JsonSchema {
  if (!isStandardSchema(schema)) {
    if (isJsonSchema(schema)) return schema
    throw unusable(
      table,
      `expected a schema (Zod, ArkType, …) or a JSON Schema, got ${schema === null ? 'null' : typeof schema}`,
    )
  }
  const { vendor } = schema['~standard']
  const converter = converterOf(schema)
  if (converter === undefined) throw unusable(table, withoutConverter(vendor))
  try {
    const libraryOptions = LIBRARY_OPTIONS[vendor]
    const json = converter.output({ target: 'draft-2020-12', ...(libraryOptions && { libraryOptions }) })
    if (isJsonSchema(json)) return json
  } catch (cause) {
    throw unusable(table, `${vendor} cannot write the schema as JSON Schema`, cause)
  }
  throw unusable(table, `${vendor} wrote something else than a JSON Schema`)
}

/** Tells a JSON object from everything else. */
export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function converterOf(schema: StandardSchema): Converter | undefined {
  const standard: object = schema['~standard']
  const converter = 'jsonSchema' in standard ? standard.jsonSchema : undefined
  return isJsonSchema(converter) && typeof converter['output'] === 'function'
    ? (converter as unknown as Converter)
    : undefined
}

/** What has to be said to a library so that a Date becomes a date instead of an error, or of anything at all. */
const LIBRARY_OPTIONS: { readonly [vendor: string]: object | undefined } = {
  zod: {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }: { zodSchema: ZodSchema; jsonSchema: MutableJsonSchema }) =>
      amend(zodSchema, jsonSchema),
  },
  arktype: {
    fallback({ code, domain, unit, base }: { code: string; domain?: string; unit?: unknown; base: object }) {
      if (code === 'date') return DATE
      return (code === 'domain' && domain === 'bigint') || typeof unit === 'bigint' ? BIGINT : base
    },
  },
}

/** Says of a Zod schema what values it lets through, where Zod says what they would be as JSON, or nothing. */
function amend({ _zod: { def } }: ZodSchema, draft: MutableJsonSchema): void {
  switch (def.type) {
    case 'date':
      Object.assign(draft, DATE)
      break
    case 'bigint':
      Object.assign(draft, BIGINT)
      break
    case 'literal':
      amendLiteral(def.values ?? [], draft)
      break
    case 'any':
    case 'undefined':
    case 'unknown':
    case 'void':
      // Of what it cannot say Zod says nothing either: a transform, an instance of a class.
      draft['nullable'] = true
      break
    case 'file':
      // Zod writes the bytes that are in it, which the File itself is not: anything has no Iceberg form either.
      for (const keyword of Object.keys(draft)) delete draft[keyword]
      break
    case 'array':
      amendPart('items', def.element, draft)
      break
    case 'record':
      amendPart('additionalProperties', def.valueType, draft)
      break
  }
}

/** Zod makes a number of a bigint, which may not be exact, and leaves out that a literal may be undefined. */
function amendLiteral(values: readonly unknown[], draft: MutableJsonSchema): void {
  if (values.some((value) => typeof value === 'bigint')) {
    for (const keyword of ['type', 'const', 'enum']) delete draft[keyword]
    const defined = values.filter((value) => value !== undefined)
    draft['anyOf'] = defined.map((value) => (typeof value === 'bigint' ? BIGINT : { const: value }))
  }
  if (values.includes(undefined)) draft['nullable'] = true
}

/** An object's key may be missing, and its `required` says so; of a list's element or a map's value null is all that is left. */
function amendPart(keyword: string, part: ZodSchema | undefined, draft: MutableJsonSchema): void {
  if (part?._zod.optout === 'optional') draft[keyword] = { anyOf: [draft[keyword], NULL] }
}

function withoutConverter(vendor: string): string {
  const how =
    vendor === 'valibot'
      ? "pass toJsonSchema(schema, { typeMode: 'output' }) of @valibot/to-json-schema"
      : 'pass a JSON Schema instead'
  return `this version of ${vendor} does not write its schemas as JSON Schema (~standard.jsonSchema); ${how}`
}

function unusable(table: unknown, problem: string, cause?: unknown): IcebergRouterError {
  const headline = `table ${JSON.stringify(table)} cannot be made of its schema:`
  return new IcebergRouterError('InvalidTable', headline, { problems: [problem], cause })
}

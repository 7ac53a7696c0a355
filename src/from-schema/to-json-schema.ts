import { IcebergRouterError } from '../error.ts'
import { adviceFor, recognizeUnusable } from './advice.ts'
import { writeEffect } from './effect.ts'
import { BIGINT, DATE, isJsonSchema, type JsonSchema } from './json-schema-type.ts'
import { writeSury } from './sury.ts'
import { VALIBOT_OPTIONS } from './valibot.ts'
import { ZOD_OPTIONS } from './zod.ts'

/** A schema that converts itself to JSON Schema, whether or not it validates. https://standardschema.dev/json-schema */
export interface StandardJsonSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly jsonSchema: JsonSchemaConverter
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** The part of a Standard JSON Schema that is used here. */
export interface JsonSchemaConverter {
  readonly output: (options: {
    readonly target: 'draft-2020-12' | 'draft-07'
    readonly libraryOptions?: Options
  }) => unknown
}

type Options = { readonly [name: string]: unknown }

/** The options for each library, so that a Date becomes a date instead of an error or of any value. */
const LIBRARY_OPTIONS: { readonly [vendor: string]: object | undefined } = {
  zod: ZOD_OPTIONS,
  valibot: VALIBOT_OPTIONS,
  arktype: {
    fallback({ code, domain, unit, base }: { code: string; domain?: string; unit?: unknown; base: object }) {
      if (code === 'date') return DATE
      return (code === 'domain' && domain === 'bigint') || typeof unit === 'bigint' ? BIGINT : base
    },
  },
}

/**
 * Returns the JSON Schema of a schema's output: the schema itself, or the conversion by its validator.
 *
 * @throws IcebergRouterError `InvalidTable` if the validator has no such conversion, or it fails
 */
export function toJsonSchema(schema: unknown, table: unknown): JsonSchema {
  const standard = standardOf(schema)
  if (standard === undefined) {
    const problem = recognizeUnusable(schema)
    if (problem !== undefined) throw unusable(table, problem)
    if (isJsonSchema(schema)) return schema
    throw unusable(
      table,
      `expected a schema (Zod, ArkType, …) or a JSON Schema, got ${schema === null ? 'null' : typeof schema}`,
    )
  }
  const { vendor, jsonSchema } = standard
  if (!isConverter(jsonSchema)) {
    const problem = `this version of ${vendor} does not write its schemas as JSON Schema (~standard.jsonSchema)`
    throw unusable(table, `${problem}; ${adviceFor(vendor)}`)
  }
  return writeAs(vendor, schema, table)
}

function writeAs(vendor: string, schema: unknown, table: unknown): JsonSchema {
  try {
    const json = vendor === 'sury' && isEnabled(schema) ? writeSury(schema, write) : write(schema)
    if (isJsonSchema(json)) return vendor === 'effect' ? writeEffect(schema, json) : json
  } catch (cause) {
    const problem = `${vendor} cannot write the schema as JSON Schema: ${reasonOf(cause)}`
    throw unusable(table, `${problem}; ${adviceFor(vendor)}`, cause)
  }
  throw unusable(table, `${vendor} wrote something else than a JSON Schema`)
}

/** Converts to either draft, because some libraries write only one of them. */
function write(schema: unknown): unknown {
  const { vendor, jsonSchema } = standardOf(schema) ?? { vendor: '', jsonSchema: undefined }
  if (!isConverter(jsonSchema)) throw new TypeError('a part of the schema has no ~standard.jsonSchema')
  const libraryOptions = LIBRARY_OPTIONS[vendor] as Options | undefined
  const options = libraryOptions === undefined ? {} : { libraryOptions }
  try {
    return jsonSchema.output({ target: 'draft-2020-12', ...options })
  } catch (cause) {
    try {
      return jsonSchema.output({ target: 'draft-07', ...options })
    } catch {
      throw cause
    }
  }
}

/** Checks whether Sury's JSON Schema is enabled: before that, no part can be written. */
function isEnabled(schema: unknown): boolean {
  try {
    write(schema)
    return true
  } catch (cause) {
    return !reasonOf(cause).includes('enableStandardJSONSchema')
  }
}

function standardOf(schema: unknown): { readonly vendor: string; readonly jsonSchema: unknown } | undefined {
  const standard: unknown = (schema as { readonly '~standard'?: unknown } | null | undefined)?.['~standard']
  if (!isJsonSchema(standard)) return undefined
  const { vendor, jsonSchema } = standard
  return { vendor: typeof vendor === 'string' ? vendor : 'the validator', jsonSchema }
}

function isConverter(value: unknown): value is JsonSchemaConverter {
  return isJsonSchema(value) && typeof value['output'] === 'function'
}

/** Returns the library's own message, which is about the schema and contains no payload. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : 'no reason given'
  return message.slice(0, 300).replace(/[.\s]+$/, '')
}

function unusable(table: unknown, problem: string, cause?: unknown): IcebergRouterError {
  const headline = `table ${JSON.stringify(table)} cannot be made of its schema:`
  return new IcebergRouterError('InvalidTable', headline, { problems: [problem], cause })
}

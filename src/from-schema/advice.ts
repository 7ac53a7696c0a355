const JSON_SCHEMA = 'pass a JSON Schema instead'

/** What to call so that a library's schema comes as JSON Schema, by vendor. */
const ADVICE: { readonly [vendor: string]: string | undefined } = {
  effect: 'pass Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(schema)) of Effect 4',
  sury: 'call S.enableStandardJSONSchema() once, before the table is made',
  valibot:
    "pass toJsonSchema(schema, { typeMode: 'output' }) of @valibot/to-json-schema, or its toStandardJsonSchema(schema), of which dates and bigints become columns too",
  yup: 'Yup has no JSON Schema: pass one that is written by hand',
  zod: "pass z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) of Zod 4 (Zod Mini does not carry it)",
}

/** What to do with a schema that is not usable as it is. */
export function adviceFor(vendor: string): string {
  return ADVICE[vendor] ?? JSON_SCHEMA
}

type Members = { readonly [key: string]: unknown }

/** What is wrong with a schema that is neither a Standard Schema nor a JSON Schema, if it is plainly one of some library. */
export function recognizeUnusable(value: unknown): string | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  const { ast, guard, Check: check, coercer, decode, parse, validate } = value as Members
  const isFunction = (member: unknown): boolean => typeof member === 'function'
  if (typeof ast === 'object' && ast !== null && '_tag' in ast) return `got an Effect schema; ${ADVICE['effect']}`
  if (isFunction(check)) return 'got a compiled TypeBox schema; pass the schema that it was compiled from'
  if (isFunction(guard)) return `got a runtypes schema, which has no JSON Schema; ${JSON_SCHEMA}`
  if (isFunction(coercer)) return `got a Superstruct schema, which has no JSON Schema; ${JSON_SCHEMA}`
  if ([decode, parse, validate].some(isFunction)) return `got a schema without ~standard.jsonSchema; ${JSON_SCHEMA}`
  return undefined
}

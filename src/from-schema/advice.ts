const JSON_SCHEMA = 'pass a JSON Schema instead'

/** How to get a JSON Schema from a library's schema, by vendor. */
const ADVICE: { readonly [vendor: string]: string | undefined } = {
  effect: 'pass Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(schema)) of Effect 4',
  sury: 'call S.enableStandardJSONSchema() once, before the table is made',
  valibot:
    "pass toJsonSchema(schema, { typeMode: 'output' }) of @valibot/to-json-schema, or its toStandardJsonSchema(schema), which supports dates and bigints too",
  yup: 'Yup has no JSON Schema: write one by hand and pass it',
  zod: "pass z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) of Zod 4 (Zod Mini does not have it)",
}

/** Says what to do with a schema that cannot be used directly. */
export function adviceFor(vendor: string): string {
  return ADVICE[vendor] ?? JSON_SCHEMA
}

type Members = { readonly [key: string]: unknown }

/** Recognizes schemas of libraries that are neither a Standard Schema nor a JSON Schema, and says what to do. */
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

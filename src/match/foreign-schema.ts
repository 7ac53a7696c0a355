type Properties = { readonly [key: PropertyKey]: unknown }

/** What a value is, what to pass as a matcher instead, and how to make it a Standard Schema, if a library can. */
type Foreign = readonly [what: string, instead: string, adapter?: string]

const PREDICATE = 'a predicate that calls it'
const EFFECT = 'Schema.toStandardSchemaV1(schema)'
const TYPEMAP = 'Compile(schema) of @sinclair/typemap'

/**
 * Returns the problem of a value that is clearly a schema but not a Standard Schema, and what to pass instead. As a pattern
 * it would never match; as a predicate it would throw, or match everything.
 */
export function foreignSchemaProblem(value: unknown, use: 'matcher' | 'schema'): string | undefined {
  const isFunction = typeof value === 'function'
  if (!isFunction && (typeof value !== 'object' || value === null)) return undefined
  const foreign = recognize(value as Properties) ?? (isFunction ? recognizeFunction(value) : undefined)
  if (foreign === undefined) return undefined
  const [what, instead, adapter = 'a Standard Schema'] = foreign
  const isMatcher = use === 'matcher'
  return `expected a ${isMatcher ? 'pattern, predicate or ' : ''}Standard Schema, got ${what}; pass ${isMatcher ? instead : adapter}`
}

function recognize(value: Properties): Foreign | undefined {
  const has = (name: string): boolean => typeof value[name] === 'function'
  if (isEffect(value)) return ['an Effect schema', EFFECT, EFFECT]
  if (Symbol.for('TypeBox.Kind') in value || '~kind' in value)
    return ['a TypeBox schema', '(event) => Value.Check(schema, event)', TYPEMAP]
  if (has('Check')) return ['a compiled TypeBox schema', '(event) => compiled.Check(event)', TYPEMAP]
  if (has('guard')) return ['a runtypes schema', '(event) => schema.guard(event)']
  // Old versions, io-ts, Superstruct, and libraries that write JSON Schema without validating.
  if ('~standard' in value || ['parse', 'validate', 'decode', 'coercer'].some(has))
    return ['a schema without ~standard.validate', PREDICATE]
  return isJsonSchemaOfObject(value) ? ['a JSON Schema', PREDICATE] : undefined
}

/** Checks for a schema of Effect 3 or 4: it may be a class, and has the syntax tree of its type. */
function isEffect({ ast }: Properties): boolean {
  return typeof ast === 'object' && ast !== null && '_tag' in ast
}

/** Recognizes functions that never return true or false, without calling them. */
function recognizeFunction(value: object): Foreign | undefined {
  if (/^class\b/.test(Function.prototype.toString.call(value))) return ['a class', 'a function']
  const isGenerator = /GeneratorFunction/.test(Object.prototype.toString.call(value))
  return isGenerator ? ['a generator, whose result would match every event', 'a function'] : undefined
}

/** A part of a JSON Schema has one of these words; in a pattern, a field `type` may have any value. */
const TYPE = /^(array|boolean|integer|null|number|object|string)$/
const KEYWORDS = ['$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const']

function isJsonSchemaOfObject({ type, properties }: Properties): boolean {
  if (type !== 'object' || typeof properties !== 'object' || properties === null) return false
  const fields: readonly unknown[] = Object.values(properties)
  return fields.length > 0 && fields.every(isJsonSchemaOfField)
}

function isJsonSchemaOfField(field: unknown): boolean {
  if (typeof field !== 'object' || field === null) return false
  return ('type' in field && TYPE.test(String(field.type))) || KEYWORDS.some((keyword) => keyword in field)
}

type Members = { readonly [key: PropertyKey]: unknown }

/** What a value is, what to pass as matcher instead, and what makes a Standard Schema of it, if a library does that. */
type Foreign = readonly [what: string, instead: string, adapter?: string]

const PREDICATE = 'a predicate that asks it'
const EFFECT = 'Schema.toStandardSchemaV1(schema)'
const TYPEMAP = 'Compile(schema) of @sinclair/typemap'

/**
 * Finds out whether a value is plainly a schema without being a Standard Schema. As a pattern it would never match; as a
 * predicate it would throw, or match everything. Returns what is wrong and what to pass.
 */
export function foreignSchemaProblem(value: unknown, use: 'matcher' | 'schema'): string | undefined {
  const isFunction = typeof value === 'function'
  if (!isFunction && (typeof value !== 'object' || value === null)) return undefined
  const foreign = recognize(value as Members) ?? (isFunction ? recognizeFunction(value) : undefined)
  if (foreign === undefined) return undefined
  const [what, instead, adapter = 'a Standard Schema'] = foreign
  const isMatcher = use === 'matcher'
  return `expected a ${isMatcher ? 'pattern, predicate or ' : ''}Standard Schema, got ${what}; pass ${isMatcher ? instead : adapter}`
}

function recognize(value: Members): Foreign | undefined {
  const has = (name: string): boolean => typeof value[name] === 'function'
  if (isEffect(value)) return ['an Effect schema', EFFECT, EFFECT]
  if (Symbol.for('TypeBox.Kind') in value || '~kind' in value)
    return ['a TypeBox schema', '(event) => Value.Check(schema, event)', TYPEMAP]
  if (has('Check')) return ['a compiled TypeBox schema', '(event) => compiled.Check(event)', TYPEMAP]
  if (has('guard')) return ['a runtypes schema', '(event) => schema.guard(event)']
  // Old versions, io-ts, Superstruct, and what writes JSON Schema without validating.
  if ('~standard' in value || ['parse', 'validate', 'decode', 'coercer'].some(has))
    return ['a schema without ~standard.validate', PREDICATE]
  return isJsonSchemaOfObject(value) ? ['a JSON Schema', PREDICATE] : undefined
}

/** Schemas of Effect 3 and 4, which may be classes, carry the tree of their type. */
function isEffect({ ast }: Members): boolean {
  return typeof ast === 'object' && ast !== null && '_tag' in ast
}

/** Functions of which it is known without a call that they never answer true or false. */
function recognizeFunction(value: object): Foreign | undefined {
  if (/^class\b/.test(Function.prototype.toString.call(value))) return ['a class', 'a function']
  const isGenerator = /GeneratorFunction/.test(Object.prototype.toString.call(value))
  return isGenerator ? ['a generator, whose result would match every event', 'a function'] : undefined
}

/** The words that a part of a JSON Schema has one of: the type of a pattern's field may be anything. */
const TYPE = /^(array|boolean|integer|null|number|object|string)$/
const KEYWORDS = ['$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const']

function isJsonSchemaOfObject({ type, properties }: Members): boolean {
  if (type !== 'object' || typeof properties !== 'object' || properties === null) return false
  const fields: readonly unknown[] = Object.values(properties)
  return fields.length > 0 && fields.every(isJsonSchemaOfField)
}

function isJsonSchemaOfField(field: unknown): boolean {
  if (typeof field !== 'object' || field === null) return false
  return ('type' in field && TYPE.test(String(field.type))) || KEYWORDS.some((keyword) => keyword in field)
}

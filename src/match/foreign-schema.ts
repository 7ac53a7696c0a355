/** A schema of some library that is not a Standard Schema: what it is, and what to pass instead. */
interface ForeignSchema {
  readonly what: string
  /** Where a matcher is expected; a predicate serves as well. */
  readonly instead: string
  /** How to make a Standard Schema of it, if a library does that. */
  readonly adapter?: string
}

type Members = { readonly [key: PropertyKey]: unknown }

const EFFECT = 'Schema.toStandardSchemaV1(schema); in Effect 3, Schema.standardSchemaV1(schema)'
const TYPEBOX_ADAPTER = 'Compile(schema) of @sinclair/typemap'

/** The words by which JSON Schema names types. */
const JSON_TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/**
 * Finds out whether a value is plainly a schema without being a Standard Schema. As a pattern it would never match; as a
 * predicate it would throw, or match everything. Returns what is wrong and what to pass.
 */
export function foreignSchemaProblem(value: unknown, use: 'matcher' | 'schema'): string | undefined {
  const isFunction = typeof value === 'function'
  if (!isFunction && (typeof value !== 'object' || value === null)) return undefined
  const foreign = recognize(value as Members) ?? (isFunction ? recognizeFunction(value) : undefined)
  if (foreign === undefined) return undefined
  const { what, instead, adapter } = foreign
  const pass =
    use === 'matcher' ? instead : (adapter ?? 'a Standard Schema, such as { "~standard": { version: 1, … } }')
  return `expected a ${use === 'matcher' ? 'pattern, a predicate or a ' : ''}Standard Schema, got ${what}; pass ${pass}`
}

function recognize(value: Members): ForeignSchema | undefined {
  const has = (...names: readonly string[]): boolean => names.every((name) => typeof value[name] === 'function')
  if (isEffect(value)) return { what: 'an Effect schema', instead: EFFECT, adapter: EFFECT }
  if (typeof value['~standard'] === 'object') {
    const instead = 'one that has ~standard.validate'
    return { what: 'a schema that writes JSON Schema and validates nothing', instead, adapter: instead }
  }
  if (Symbol.for('TypeBox.Kind') in value || '~kind' in value)
    return { what: 'a TypeBox schema', instead: '(event) => Value.Check(schema, event)', adapter: TYPEBOX_ADAPTER }
  if (has('Check', 'Errors'))
    return { what: 'a compiled TypeBox schema', instead: '(event) => compiled.Check(event)', adapter: TYPEBOX_ADAPTER }
  if (has('guard', 'check')) return { what: 'a runtypes schema', instead: '(event) => schema.guard(event)' }
  if (has('coercer', 'refiner')) return { what: 'a Superstruct schema', instead: '(event) => is(event, schema)' }
  if (has('is', 'decode')) return { what: 'an io-ts codec', instead: '(event) => codec.is(event)' }
  if (has('parse') || has('validate')) {
    const instead = 'one of a version of its library that has ~standard'
    return { what: 'a schema without ~standard', instead, adapter: instead }
  }
  return isJsonSchemaOfObject(value)
    ? { what: 'a JSON Schema', instead: 'a predicate that checks it, such as ajv.compile(schema)' }
    : undefined
}

/** Schemas of Effect 3 and 4, which may be classes, carry the tree of their type. */
function isEffect({ ast }: Members): boolean {
  return typeof ast === 'object' && ast !== null && '_tag' in ast
}

/** Functions of which it is known without a call that they never answer true or false. */
function recognizeFunction(value: object): ForeignSchema | undefined {
  const instead = '(event) => true or false'
  if (/^class\b/.test(Function.prototype.toString.call(value))) return { what: 'a class', instead }
  const isGenerator = /GeneratorFunction/.test(Object.prototype.toString.call(value))
  return isGenerator ? { what: 'a generator, whose result counts as true for every event', instead } : undefined
}

function isJsonSchemaOfObject({ type, properties }: Members): boolean {
  if (type !== 'object' || typeof properties !== 'object' || properties === null) return false
  const fields: readonly unknown[] = Object.values(properties)
  return fields.length > 0 && fields.every(isJsonSchemaOfField)
}

function isJsonSchemaOfField(field: unknown): boolean {
  if (typeof field !== 'object' || field === null) return false
  const type: unknown = 'type' in field ? field.type : undefined
  return (
    JSON_TYPES.includes(type as string) ||
    ['$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', 'patternProperties'].some((keyword) => keyword in field)
  )
}

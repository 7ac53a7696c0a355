import { ANYTHING, BIGINT, DATE, type JsonSchema, NULL, unrepresentable } from './json-schema-type.ts'

/** The parts of a Valibot schema that are looked at here. */
interface ValibotSchema {
  readonly type: string
  /** Of a literal. */
  readonly literal?: unknown
  /** Of an instance. */
  readonly class?: unknown
  readonly default?: unknown
}

interface Converted {
  readonly jsonSchema: JsonSchema
  readonly errors?: readonly string[] | undefined
}

/** What `@valibot/to-json-schema` has no words for, or what it leaves out, by the type of the schema. */
const SCHEMAS: { readonly [type: string]: JsonSchema | undefined } = {
  any: ANYTHING,
  bigint: BIGINT,
  date: DATE,
  undefined: NULL,
  unknown: ANYTHING,
  void: NULL,
}

/** What transformations make of a value; the converter has no words for them. */
const TRANSFORMATIONS: { readonly [type: string]: JsonSchema | undefined } = {
  to_bigint: BIGINT,
  to_boolean: { type: 'boolean' },
  to_date: DATE,
  to_number: { type: 'number' },
  to_string: { type: 'string' },
}

/** Those that change the value and not its type. */
const SAME_TYPE =
  /^(brand|flavor|filter_items|normalize|readonly|sort_items|to_(lower|upper)_case|to_m(ax|in)_value|trim.*)$/

/** What makes the converter write what a table can hold, and keep its reasons until a column turns out to be missing. */
export const VALIBOT_OPTIONS = {
  overrideSchema: ({ valibotSchema, jsonSchema, errors }: Converted & { valibotSchema: ValibotSchema }): JsonSchema =>
    SCHEMAS[valibotSchema.type] ?? amend(valibotSchema, jsonSchema, errors),
  overrideAction({
    valibotAction: { kind, type },
    jsonSchema,
    errors,
  }: Converted & { valibotAction: { kind: string; type: string } }): JsonSchema {
    // A validation leaves the value as it is, whether or not JSON Schema has words for it.
    if (kind !== 'transformation' || SAME_TYPE.test(type)) return jsonSchema
    return TRANSFORMATIONS[type] ?? reasonOr(jsonSchema, errors)
  },
}

function amend(schema: ValibotSchema, json: JsonSchema, errors: Converted['errors']): JsonSchema {
  if (typeof schema.literal === 'bigint') return BIGINT
  if (schema.class === Date) return DATE
  // An object's key may be missing, and `required` says so; of a list's element null is all that is left.
  const mayBeUndefined = ['optional', 'undefinedable', 'exact_optional'].includes(schema.type)
  if (mayBeUndefined && schema.default === undefined) return { anyOf: [json, NULL] }
  return reasonOr(json, errors)
}

function reasonOr(json: JsonSchema, errors: Converted['errors']): JsonSchema {
  return errors === undefined ? json : unrepresentable(`a value that Valibot cannot write (${errors.join(' ')})`)
}

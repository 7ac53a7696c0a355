import { ANYTHING, BIGINT, DATE, type JsonSchema, NULL, unrepresentable } from './json-schema-type.ts'

/** The parts of a Valibot schema that are used here. */
interface ValibotSchema {
  readonly type: string
  /** The value of a literal. */
  readonly literal?: unknown
  /** The class of an instance. */
  readonly class?: unknown
  readonly default?: unknown
}

interface Converted {
  readonly jsonSchema: JsonSchema
  readonly errors?: readonly string[] | undefined
}

/** Schemas that `@valibot/to-json-schema` cannot express or leaves out, by their type. */
const SCHEMAS: { readonly [type: string]: JsonSchema | undefined } = {
  any: ANYTHING,
  bigint: BIGINT,
  date: DATE,
  undefined: NULL,
  unknown: ANYTHING,
  void: NULL,
}

/** The output of transformations, which the converter cannot express. */
const TRANSFORMATIONS: { readonly [type: string]: JsonSchema | undefined } = {
  to_bigint: BIGINT,
  to_boolean: { type: 'boolean' },
  to_date: DATE,
  to_number: { type: 'number' },
  to_string: { type: 'string' },
}

/** Transformations that keep the type of the value. */
const SAME_TYPE =
  /^(brand|flavor|filter_items|normalize|readonly|sort_items|to_(lower|upper)_case|to_m(ax|in)_value|trim.*)$/

/** Options that make the converter write what a table can hold, and keep its reasons until a column needs them. */
export const VALIBOT_OPTIONS = {
  overrideSchema: ({ valibotSchema, jsonSchema, errors }: Converted & { valibotSchema: ValibotSchema }): JsonSchema =>
    SCHEMAS[valibotSchema.type] ?? amend(valibotSchema, jsonSchema, errors),
  overrideAction({
    valibotAction: { kind, type },
    jsonSchema,
    errors,
  }: Converted & { valibotAction: { kind: string; type: string } }): JsonSchema {
    // A validation does not change the value, whether or not JSON Schema can express it.
    if (kind !== 'transformation' || SAME_TYPE.test(type)) return jsonSchema
    return TRANSFORMATIONS[type] ?? reasonOr(jsonSchema, errors)
  },
}

function amend(schema: ValibotSchema, json: JsonSchema, errors: Converted['errors']): JsonSchema {
  if (typeof schema.literal === 'bigint') return BIGINT
  if (schema.class === Date) return DATE
  // `required` says that an object's key may be missing; a list's element can only become null.
  const mayBeUndefined = ['optional', 'undefinedable', 'exact_optional'].includes(schema.type)
  if (mayBeUndefined && schema.default === undefined) return { anyOf: [json, NULL] }
  return reasonOr(json, errors)
}

function reasonOr(json: JsonSchema, errors: Converted['errors']): JsonSchema {
  return errors === undefined ? json : unrepresentable(`a value that Valibot cannot write (${errors.join(' ')})`)
}

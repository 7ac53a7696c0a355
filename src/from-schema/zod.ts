import { BIGINT, DATE, NULL } from './json-schema-type.ts'

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

/** What makes Zod write a date where a Date is, instead of throwing, and anything where it has no words. */
export const ZOD_OPTIONS = {
  unrepresentable: 'any',
  override: ({ zodSchema, jsonSchema }: { zodSchema: ZodSchema; jsonSchema: MutableJsonSchema }): void =>
    amend(zodSchema, jsonSchema),
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

import { BIGINT, DATE, NULL } from './json-schema-type.ts'

/** A JSON Schema that is being written. */
type MutableJsonSchema = { [keyword: string]: unknown }

/** The parts of a Zod schema that are used here. */
interface ZodSchema {
  readonly _zod: {
    readonly def: {
      readonly type: string
      /** The values of a literal. */
      readonly values?: readonly unknown[]
      /** The element of an array. */
      readonly element?: ZodSchema
      /** The values of a record. */
      readonly valueType?: ZodSchema
    }
    /** Whether its output may be undefined. */
    readonly optout?: 'optional' | undefined
  }
}

/** Options that make Zod write a date for a Date instead of throwing, and anything for what it cannot express. */
export const ZOD_OPTIONS = {
  unrepresentable: 'any',
  override: ({ zodSchema, jsonSchema }: { zodSchema: ZodSchema; jsonSchema: MutableJsonSchema }): void =>
    amend(zodSchema, jsonSchema),
}

/** Corrects the JSON Schema of a Zod schema to its output, if Zod describes the encoded value or nothing. */
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
      // Zod also writes nothing for what it cannot express: a transform, an instance of a class.
      draft['nullable'] = true
      break
    case 'file':
      // Zod describes the bytes of a File, but the value is the File itself, which has no Iceberg form.
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

/** Corrects a literal: Zod turns a bigint into a number, which may be inexact, and omits undefined. */
function amendLiteral(values: readonly unknown[], draft: MutableJsonSchema): void {
  if (values.some((value) => typeof value === 'bigint')) {
    for (const keyword of ['type', 'const', 'enum']) delete draft[keyword]
    const defined = values.filter((value) => value !== undefined)
    draft['anyOf'] = defined.map((value) => (typeof value === 'bigint' ? BIGINT : { const: value }))
  }
  if (values.includes(undefined)) draft['nullable'] = true
}

/** Makes an optional part nullable: a list's element or a map's value cannot be missing, as an object's key can. */
function amendPart(keyword: string, part: ZodSchema | undefined, draft: MutableJsonSchema): void {
  if (part?._zod.optout === 'optional') draft[keyword] = { anyOf: [draft[keyword], NULL] }
}

import {
  ANYTHING,
  BIGINT,
  DATE,
  isJsonSchema,
  type JsonSchema,
  lookUp,
  NULL,
  unrepresentable,
} from './json-schema-type.ts'

/** The parts of Effect's description of a type that are used here. */
interface Ast {
  readonly _tag: string
  readonly annotations?: { readonly [name: string]: unknown } | undefined
  readonly context?: { readonly isOptional?: boolean } | undefined
  /** The members of a union. */
  readonly types?: readonly Ast[]
  /** The properties of an object. */
  readonly propertySignatures?: readonly { readonly name: PropertyKey; readonly type: Ast }[]
  readonly indexSignatures?: readonly { readonly parameter: Ast; readonly type: Ast }[]
  /** The elements of an array. */
  readonly elements?: readonly Ast[]
  readonly rest?: readonly Ast[]
  readonly literal?: unknown
  /** Of a declaration. */
  readonly typeParameters?: readonly Ast[]
  /** Of a schema that refers to a later one. */
  readonly thunk?: () => Ast
}

interface Walk {
  readonly root: JsonSchema
  /** The classes and later schemas on the way here; one that is repeated contains itself. */
  readonly above: readonly Ast[]
  /** How many parts may still be visited. */
  readonly budget: { left: number }
}

const MAX_PARTS = 10_000

/**
 * Writes the JSON Schema of the values that an Effect schema outputs. Effect's own JSON Schema describes their encoded form: a
 * string for a Date, a Redacted or a bigint. The schema's type says where they differ.
 */
export function writeEffect(schema: unknown, json: JsonSchema): JsonSchema {
  const { ast } = schema as { readonly ast?: Ast }
  if (typeof ast?._tag !== 'string') {
    return unrepresentable('an Effect schema of an unknown version, written in its encoded form,')
  }
  const walk = { root: json, above: [], budget: { left: MAX_PARTS } }
  return amend(ast, json, walk)
}

function amend(ast: Ast, encoded: unknown, walk: Walk): JsonSchema {
  if (walk.budget.left-- <= 0) return unrepresentable('one part too many')
  const json = resolve(encoded, walk.root)
  switch (ast._tag) {
    case 'Declaration':
      return amendDeclaration(ast, json, walk)
    case 'Suspend':
      return enter(ast, ast.thunk?.(), json, walk)
    case 'Objects':
      return amendObject(ast, json, walk)
    case 'Arrays':
      return amendArray(ast, json, walk)
    case 'Union':
      return amendUnion(ast.types ?? [], json, walk)
    default:
      return amendScalar(ast, json)
  }
}

function amendScalar({ _tag: tag, literal }: Ast, json: JsonSchema | undefined): JsonSchema {
  switch (tag) {
    case 'Any':
    case 'Unknown':
      return ANYTHING
    case 'Null':
    case 'Undefined':
    case 'Void':
      return NULL
    case 'BigInt':
      return BIGINT
    case 'Literal':
      return typeof literal === 'bigint' ? BIGINT : (json ?? { const: literal })
    case 'Number':
      return finite(json) ?? { type: 'number' }
    case 'Boolean':
    case 'String':
      return json ?? { type: tag.toLowerCase() }
    case 'Enum':
    case 'TemplateLiteral':
      return json ?? { type: 'string' }
    default:
      return unrepresentable(`Effect's ${tag}`)
  }
}

/** Converts a declaration: a class is the struct of its fields; of the others a table supports only Date. */
function amendDeclaration(ast: Ast, json: JsonSchema | undefined, walk: Walk): JsonSchema {
  const { annotations = {}, typeParameters = [] } = ast
  const representation = annotations['representation']
  const id = isJsonSchema(representation) ? representation['id'] : undefined
  if (id === 'effect/schema/Date') return described(DATE, annotations)
  if (id === 'effect/schema/Json') return ANYTHING
  const [fields] = typeParameters
  if (id === undefined && '~constructor' in annotations && fields?._tag === 'Objects') {
    return enter(ast, fields, json, walk)
  }
  const expected = annotations['expected']
  return unrepresentable(`Effect's ${typeof expected === 'string' ? expected : 'own kind of value'}`)
}

function described(json: JsonSchema, { description }: { readonly [name: string]: unknown }): JsonSchema {
  return typeof description === 'string' ? { ...json, description } : json
}

function enter(ast: Ast, inner: Ast | undefined, json: JsonSchema | undefined, walk: Walk): JsonSchema {
  if (inner === undefined || walk.above.includes(inner)) return unrepresentable('a schema that contains itself')
  return amend(inner, json, { ...walk, above: [...walk.above, ast, inner] })
}

function amendObject(ast: Ast, json: JsonSchema | undefined, walk: Walk): JsonSchema {
  const { propertySignatures = [], indexSignatures = [] } = ast
  const inside = { ...walk, above: [...walk.above, ast] }
  const encoded = isJsonSchema(json?.['properties']) ? json['properties'] : {}
  const properties = propertySignatures.map(({ name, type }) => {
    const key = String(name)
    return [key, amend(type, Object.hasOwn(encoded, key) ? encoded[key] : undefined, inside)] as const
  })
  const required = propertySignatures.filter(({ type }) => type.context?.isOptional !== true)
  const [index, ...others] = indexSignatures
  const byPattern = index !== undefined && (others.length > 0 || index.parameter._tag !== 'String')
  return {
    type: 'object',
    ...(typeof json?.['description'] === 'string' && { description: json['description'] }),
    properties: Object.fromEntries(properties),
    required: required.map(({ name }) => String(name)),
    ...(index && !byPattern && { additionalProperties: amend(index.type, json?.['additionalProperties'], inside) }),
    ...(byPattern && { patternProperties: json?.['patternProperties'] ?? {} }),
  }
}

function amendArray(ast: Ast, json: JsonSchema | undefined, walk: Walk): JsonSchema {
  const { elements = [], rest = [] } = ast
  const [element] = rest
  // A non-empty list has its first element apart from the others.
  const isList = element !== undefined && rest.length === 1 && elements.every((one) => one === element)
  if (!isList) return { type: 'array', prefixItems: [] }
  const { description } = json ?? {}
  return {
    ...(description !== undefined && { description }),
    type: 'array',
    items: amend(element, json?.['items'], walk),
  }
}

/** Converts a union: Effect writes its members in order, and null for a member that may be undefined. */
function amendUnion(types: readonly Ast[], json: JsonSchema | undefined, walk: Walk): JsonSchema {
  const isNone = ({ _tag: tag }: Ast): boolean => tag === 'Null' || tag === 'Undefined' || tag === 'Void'
  const values = types.filter((type) => !isNone(type))
  const [only, ...others] = values
  const encoded = json && withoutMembers(json, (member) => member['type'] === 'null')
  const isLiteral = values.every(({ _tag: tag, literal }) => tag === 'Literal' && typeof literal !== 'bigint')
  const written =
    only !== undefined && others.length === 0
      ? [amend(only, encoded, walk)]
      : isLiteral && encoded !== undefined
        ? [encoded]
        : values.map((type) => amend(type, undefined, walk))
  return { anyOf: values.length === types.length ? written : [...written, NULL] }
}

/** Removes the names of NaN and the infinities, which Effect writes as alternatives because JSON does not have them. */
function finite(json: JsonSchema | undefined): JsonSchema | undefined {
  return json && withoutMembers(json, ({ enum: names }) => Array.isArray(names) && names.includes('NaN'))
}

function withoutMembers(json: JsonSchema, isExtra: (member: JsonSchema) => boolean): JsonSchema {
  const { anyOf, ...others } = json
  if (!Array.isArray(anyOf)) return json
  const members = anyOf.filter((member) => isJsonSchema(member) && !isExtra(member))
  return members.length === 1 ? { ...others, ...(members[0] as JsonSchema) } : { ...others, anyOf: members }
}

function resolve(json: unknown, root: JsonSchema): JsonSchema | undefined {
  if (!isJsonSchema(json)) return undefined
  const target = typeof json['$ref'] === 'string' ? lookUp(root, json['$ref']) : json
  return isJsonSchema(target) ? target : undefined
}

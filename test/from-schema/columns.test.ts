import { type } from 'arktype'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { tableFromSchema } from '../../src/from-schema/table-from-schema.ts'

/** The Iceberg form of the column that a schema of one property makes: its type, with `?` where it may be null. */
function columnOf(schema: Parameters<typeof tableFromSchema>[0]): unknown {
  const [field] = toIcebergSchema(tableFromSchema(schema, { name: 't' })).fields
  return field?.required === true ? field.type : [field?.type]
}

const integer = (more: object): object => ({ type: 'integer', ...more })
const object = (c: unknown, more: object = {}) => ({ type: 'object', properties: { c }, required: ['c'], ...more })

describe('tableFromSchema with a JSON Schema', () => {
  it.each([
    ['a boolean', { type: 'boolean' }, 'boolean'],
    ['an integer', { type: 'integer' }, 'long'],
    ['an integer of 32 bits', integer({ minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }), 'int'],
    ['an integer from 0 to 255', integer({ minimum: 0, maximum: 255 }), 'int'],
    ['an integer with one bound', integer({ minimum: 0 }), 'long'],
    ['an integer one too large', integer({ minimum: 0, maximum: 2 ** 31 }), 'long'],
    ['OpenAPI int32', integer({ format: 'int32' }), 'int'],
    ['a number', { type: 'number' }, 'double'],
    ['OpenAPI float', { type: 'number', format: 'float' }, 'float'],
    ['a string', { type: 'string' }, 'string'],
    ['an email address', { type: 'string', format: 'email' }, 'string'],
    ['date-time', { type: 'string', format: 'date-time' }, 'timestamp'],
    ['date', { type: 'string', format: 'date' }, 'date'],
    ['time, which has an offset', { type: 'string', format: 'time' }, 'string'],
    ['uuid', { type: 'string', format: 'uuid' }, 'uuid'],
    ['an enum of strings', { enum: ['a', 'b'] }, 'string'],
    ['an enum of numbers', { enum: [1, 2.5] }, 'double'],
    ['a constant', { const: 3 }, 'long'],
    ['a type and null', { type: ['string', 'null'] }, ['string']],
    ['an enum with null', { enum: ['a', null] }, ['string']],
    ['anyOf with null', { anyOf: [{ type: 'boolean' }, { type: 'null' }] }, ['boolean']],
    ['an intersection with null on one side', { allOf: [{ type: ['string', 'null'] }, { title: 'x' }] }, ['string']],
    ['OpenAPI nullable', { type: 'string', nullable: true }, ['string']],
    ['a union of one type', { anyOf: [{ const: 'a' }, { type: 'string' }] }, 'string'],
    ['a union of integers', { anyOf: [integer({ format: 'int32' }), { type: 'integer' }] }, 'long'],
    ['a reference', { $ref: '#/$defs/Name~1x' }, 'string'],
    ['a reference in allOf', { allOf: [{ $ref: '#/$defs/Name~1x' }], description: 'x' }, 'string'],
  ])('makes a column of %s', (_, schema, expected) => {
    expect(columnOf(object(schema, { $defs: { 'Name/x': { type: 'string' } } }))).toEqual(expected)
  })

  it('makes a nullable column of what is not required', () => {
    expect(columnOf({ type: 'object', properties: { c: { type: 'string' } } })).toEqual(['string'])
  })

  it('makes lists, maps and structs', () => {
    const line = {
      type: 'object',
      properties: { sku: { type: 'string' }, count: { type: 'integer' } },
      required: ['sku'],
    }
    const counts = { type: 'object', additionalProperties: { type: 'number' } }
    expect(columnOf(object({ type: 'array', items: line }))).toMatchObject({
      type: 'list',
      'element-required': true,
      element: {
        type: 'struct',
        fields: [
          { name: 'sku', required: true },
          { name: 'count', required: false, type: 'long' },
        ],
      },
    })
    expect(columnOf(object(counts))).toMatchObject({
      type: 'map',
      key: 'string',
      value: 'double',
      'value-required': true,
    })
    expect(
      columnOf(object({ allOf: [line, { type: 'object', properties: { at: { format: 'date', type: 'string' } } }] })),
    ).toMatchObject({
      fields: [{ name: 'sku' }, { name: 'count' }, { name: 'at', type: 'date' }],
    })
  })

  it('keeps descriptions as comments', () => {
    const table = tableFromSchema(object({ type: 'string', description: 'who' }), { name: 't' })
    expect(toIcebergSchema(table).fields[0]?.doc).toBe('who')
  })

  it.each([
    ['anything', {}, /at c: a value of any type has no Iceberg form; .* columns: \{ c: json\(\) \}/],
    ['true', true, /at c: a value of any type/],
    ['false', false, /at c: a value that cannot exist/],
    ['a union', { anyOf: [{ type: 'string' }, { type: 'number' }] }, /at c: a union of different types/],
    ['a list of types', { type: ['string', 'integer'] }, /at c: a union of different types/],
    ['two objects', { oneOf: [object({ type: 'string' }), object({ type: 'number' })] }, /a union of different types/],
    ['an enum of all sorts', { enum: ['a', 1] }, /at c: a value of any type/],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }] }, /at c: a tuple/],
    ['an older tuple', { type: 'array', items: [{ type: 'string' }] }, /at c: a tuple/],
    ['a list of anything', { type: 'array' }, /at c\.element: a value of any type .* \{ c: json\(\) \}/],
    ['null alone', { type: 'null' }, /at c: null and nothing else/],
    ['an open object', { type: 'object' }, /at c: an object with keys of any name and values of any type/],
    [
      'fields and other keys',
      object({}, { additionalProperties: { type: 'string' } }),
      /both fields and keys of any name/,
    ],
    ['keys by pattern', { type: 'object', patternProperties: { '^x': {} } }, /at c: an object with keys by pattern/],
    ['itself', { $ref: '#' }, /at c: a schema that contains itself/],
    [
      'itself, further down',
      { type: 'array', items: { $ref: '#/properties/c' } },
      /at c\.element\.element: a schema that contains itself/,
    ],
    ['nothing', { $ref: '#/$defs/none' }, /at c: a reference to #\/\$defs\/none, which is not in the schema/],
    ['elsewhere', { $ref: 'https://example.com/x' }, /at c: a reference to https/],
    ['the prototype', { $ref: '#/__proto__' }, /at c: a reference to #\/__proto__/],
    [
      'contradictions',
      { allOf: [object({ type: 'string' }), object({ type: 'number' })] },
      /an intersection in which c appears twice/,
    ],
  ])('refuses %s', (_, schema, problem) => {
    expect(() => columnOf(object(schema))).toThrow(problem)
  })

  it.each([
    ['a string', 'schema', /expected a schema .* got string/],
    ['null', null, /expected a schema .* got null/],
    ['a list', { type: 'array', items: {} }, /schema of an object with properties, .* got array/],
    ['a union', { anyOf: [object({}), { type: 'string' }] }, /got object or string/],
  ])('refuses %s instead of an object', (_, schema, problem) => {
    expect(() => tableFromSchema(schema as object as never, { name: 't' })).toThrow(problem)
  })

  it('refuses a small schema that is endlessly large when its references are followed', () => {
    const twice = (level: number): object => {
      const next = { $ref: `#/$defs/d${level + 1}` }
      return { type: 'object', properties: { a: next, b: next } }
    }
    const $defs = Object.fromEntries(Array.from({ length: 40 }, (_, level) => [`d${level}`, twice(level)]))
    const schema = { type: 'object', properties: { c: { $ref: '#/$defs/d0' } }, $defs }
    expect(() => tableFromSchema(schema, { name: 't' })).toThrow(/at most 10000 parts, references followed$/)
  })

  it('reports everything at once', () => {
    const schema = { type: 'object', properties: { a: {}, b: { type: 'null' }, cD: { type: 'string' } } }
    expect(() => tableFromSchema(schema, { name: 't' })).toThrow(/at a: (.|\n)*at b: (.|\n)*at cD: /)
  })
})

describe('tableFromSchema with Zod', () => {
  it.each([
    ['z.int32()', z.int32(), 'int'],
    ['z.int()', z.int(), 'long'],
    ['z.bigint()', z.bigint(), 'long'],
    ['z.date()', z.date(), 'timestamp'],
    ['z.date().nullable()', z.date().nullable(), ['timestamp']],
    ['z.iso.datetime()', z.iso.datetime(), 'timestamp'],
    ['z.iso.date()', z.iso.date(), 'date'],
    // Zod says a pattern of a time, but not that it is one.
    ['z.iso.time()', z.iso.time(), 'string'],
    ['z.uuid()', z.uuid(), 'uuid'],
    ['z.base64()', z.base64(), 'string'],
    ['z.enum', z.enum(['a', 'b']), 'string'],
    ['z.literal', z.literal(['a', 'b']), 'string'],
    ['z.literal with a bigint', z.literal(9007199254740993n), 'long'],
    ['z.literal with a bigint that has an id', z.literal(1n).meta({ id: 'one' }), 'long'],
    ['z.literal with bigints and whole numbers', z.literal([1n, 2]), 'long'],
    ['z.literal with a bigint and null', z.literal([1n, null]), ['long']],
    ['z.literal with undefined', z.literal(['a', undefined]), ['string']],
    ['a union of a bigint and its literal', z.union([z.literal(1n), z.bigint()]), 'long'],
    ['z.optional', z.string().optional(), ['string']],
    ['z.default', z.string().default('x'), 'string'],
    ['z.stringbool()', z.stringbool(), 'boolean'],
    ['a pipe', z.string().pipe(z.coerce.number()), 'double'],
  ])('makes a column of %s', (_, schema, expected) => {
    expect(columnOf(z.object({ c: schema }))).toEqual(expected)
  })

  it.each([
    ['z.any()', z.any()],
    ['a transform', z.string().transform((text) => text.length)],
    ['z.map()', z.map(z.string(), z.number())],
    ['z.never()', z.never()],
    ['z.file()', z.file()],
    ['z.file() of some types', z.file().mime(['image/png', 'image/jpeg']).describe('a picture')],
    ['z.file() that may be missing', z.file().optional()],
    ['z.file() with an id', z.file().meta({ id: 'file' })],
  ])('refuses %s', (_, schema) => {
    expect(() => columnOf(z.object({ c: schema }))).toThrow(/at c: a value of any type/)
  })

  it.each([
    ['bigints and strings', z.literal([1n, 'a'])],
    ['bigints and fractions', z.literal([1n, 2.5])],
  ])('refuses a literal with %s', (_, schema) => {
    expect(() => columnOf(z.object({ c: schema }))).toThrow(/at c: a union of different types/)
  })

  it.each([
    ['z.optional', z.string().optional()],
    ['z.optional with a comment and an id', z.string().optional().describe('x').meta({ id: 'text' })],
    ['z.nullish', z.string().nullish()],
    ['z.optional inside', z.lazy(() => z.string().optional().readonly())],
  ])('lets an element of a list and a value of a map be null for %s', (_, schema) => {
    expect(columnOf(z.object({ c: z.array(schema) }))).toMatchObject({ element: 'string', 'element-required': false })
    expect(columnOf(z.object({ c: z.array(schema).describe('x') }))).toMatchObject({ 'element-required': false })
    expect(columnOf(z.object({ c: z.record(z.string(), schema) }))).toMatchObject({
      value: 'string',
      'value-required': false,
    })
  })

  it('requires an element that undefined never is', () => {
    const element = z.string().optional().default('x')
    expect(columnOf(z.object({ c: z.array(element) }))).toMatchObject({ 'element-required': true })
  })

  it('refuses what contains itself', () => {
    const node = z.object({
      name: z.string(),
      get child() {
        return node.optional()
      },
    })
    expect(() => columnOf(node)).toThrow(/at child: a schema that contains itself/)
    expect(() => columnOf(z.object({ c: node, d: node }))).toThrow(/at c\.child: a schema that contains itself/)
  })
})

describe('tableFromSchema with ArkType', () => {
  it.each([
    ['Date', type({ c: 'Date' }), 'timestamp'],
    ['bigint', type({ c: 'bigint' }), 'long'],
    ['a literal bigint', type({ c: '9007199254740993n' }), 'long'],
    ['literal bigints and null', type({ c: '1n|2n|null' }), ['long']],
    ['an optional key', type({ 'c?': 'string' }), ['string']],
    ['number.integer', type({ c: 'number.integer' }), 'long'],
    [
      'string[]',
      type({ c: 'string[]' }),
      { type: 'list', 'element-id': 2, element: 'string', 'element-required': true },
    ],
    ['a morph to Date', type({ c: 'string.date.iso.parse' }), 'timestamp'],
    ['literals and null', type({ c: "'a'|'b'|null" }), ['string']],
    ['string.uuid', type({ c: 'string.uuid' }), 'uuid'],
  ])('makes a column of %s', (_, schema, expected) => {
    expect(columnOf(schema)).toEqual(expected)
  })

  it.each([
    ['unknown', type({ c: 'unknown' })],
    ['File', type({ c: 'File' })],
    ['what may be undefined', type({ c: 'string|undefined' })],
  ])('refuses %s', (_, schema) => {
    expect(() => columnOf(schema)).toThrow(/at c: a value of any type/)
  })
})

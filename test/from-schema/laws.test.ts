import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIcebergRouterError } from '../../src/error.ts'
import { tableFromSchema } from '../../src/from-schema/table-from-schema.ts'
import { runs } from '../support/runs.ts'

const json = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant([]), fc.constant({}))

/** Schemas that are nearly right: real keywords, some of them with anything in them. */
function schemas(depth: number): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(
    fc.record({
      type: fc.constantFrom('string', 'integer', 'number', 'object', 'array', 'null', ['string', 'null'], 7),
    }),
    fc.record({ type: fc.constant('string'), format: fc.constantFrom('date-time', 'uuid', 'time', null) }),
    fc.record({ enum: fc.array(json, { maxLength: 3 }), description: json }),
    fc.record({ $ref: fc.constantFrom('#', '#/properties/c', '#/$defs/d', '#/$defs/toString', 'x', '#/%') }),
    json,
  )
  if (depth === 0) return leaf
  const inner = schemas(depth - 1)
  const keys = fc.constantFrom('a', 'b', 'cD', '__proto__', 'constructor')
  return fc.oneof(
    leaf,
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(keys, inner, { maxKeys: 3 }),
      required: fc.oneof(fc.constant(['a']), json),
    }),
    fc.record({ type: fc.constant('object'), properties: json, additionalProperties: inner }),
    fc.record({ type: fc.constant('array'), items: inner }),
    fc.record({ anyOf: fc.array(inner, { maxLength: 2 }), description: json }),
    fc.record({ allOf: fc.array(inner, { maxLength: 2 }), type: fc.constant('object') }),
  )
}

describe('tableFromSchema', () => {
  it('makes a table or says why not, whatever the schema', () => {
    let made = 0
    fc.assert(
      fc.property(schemas(3), schemas(2), fc.constantFrom('exact' as const, 'snake_case' as const), (c, d, names) => {
        try {
          const schema = { type: 'object', properties: { c }, $defs: { d } }
          expect(Object.keys(tableFromSchema(schema, { name: 't', names }).columns)).toEqual(['c'])
          made++
        } catch (error) {
          if (!isIcebergRouterError(error)) throw error
          expect(error.code).toBe('InvalidTable')
        }
      }),
      { numRuns: runs(3000) },
    )
    expect(made).toBeGreaterThan(runs(3000) / 30)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActualType } from '../../src/drift/actual.ts'
import { parseGlueType } from '../../src/drift/glue-type.ts'
import { runs } from '../support/runs.ts'

const primitive = (name: string): ActualType => ({ kind: 'primitive', name })

/** A type as Glue shows it. */
function print(type: ActualType): string {
  switch (type.kind) {
    case 'primitive':
      return type.name
    case 'list':
      return `array<${print(type.element)}>`
    case 'map':
      return `map<${print(type.key)},${print(type.value)}>`
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${print(field.type)}`).join(',')}>`
  }
}

const { type: types } = fc.letrec<{ type: ActualType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('string', 'bigint', 'decimal(10,2)', 'timestamp').map(primitive),
    tie('type').map((element): ActualType => ({ kind: 'list', element, elementRequired: undefined })),
    tie('type').map(
      (value): ActualType => ({ kind: 'map', key: primitive('string'), value, valueRequired: undefined }),
    ),
    fc
      .array(fc.tuple(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_ ]{0,5}$/), tie('type')), { minLength: 1, maxLength: 4 })
      .map(
        (fields): ActualType => ({
          kind: 'struct',
          fields: fields.map(([name, type]) => ({ name: name.trim(), type, required: undefined })),
        }),
      ),
  ),
}))

describe('parseGlueType', () => {
  it('reads back every type', () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(parseGlueType(print(type))).toEqual(type)
      }),
      { numRuns: runs(1000) },
    )
  })

  it.each([
    ['BIGINT', primitive('bigint')],
    [' array< string > ', { kind: 'list', element: primitive('string'), elementRequired: undefined }],
    [
      'struct<`Order`:int>',
      { kind: 'struct', fields: [{ name: 'Order', type: primitive('int'), required: undefined }] },
    ],
  ])('reads %s', (text, type) => {
    expect(parseGlueType(text)).toEqual(type)
  })

  it.each([
    [''],
    ['array<'],
    ['array<>'],
    ['map<string>'],
    ['struct<a>'],
    ['struct<a:int'],
    ['int>'],
    ['array<int> x'],
    ['timestamp with time zone'],
  ])('shows %j as it stands', (text) => {
    expect(parseGlueType(text)).toEqual(primitive(text))
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('array', 'map', 'struct', '<', '>', ',', ':', 'a', '(', ' ') }),
        (text) => {
          expect(parseGlueType(text)).toHaveProperty('kind')
        },
      ),
      { numRuns: runs(1000) },
    )
  })
})

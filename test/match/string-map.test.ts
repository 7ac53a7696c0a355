import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compileStringMap } from '../../src/match/string-map.ts'

const key = fc.oneof(
  fc.string({ unit: 'binary', minLength: 8, maxLength: 14 }),
  fc.string(),
  fc.constantFrom('a discriminant', 'a discriminant too', '__proto__', 'constructor', ''),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

it('finds what a map finds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat())), fc.array(fc.anything()), (entries, others) => {
      const map = new Map<unknown, number>(entries)
      const lookUp = compileStringMap(map)
      // Read from JSON, a text is another one than the one that was declared.
      for (const one of [...map.keys(), ...others]) expect(lookUp(one)).toBe(map.get(one))
      for (const one of [...map.keys()]) expect(lookUp(JSON.parse(JSON.stringify(one)))).toBe(map.get(one))
    }),
  )
})

it('tells texts with the same hash apart', () => {
  // 31 times the code of the first character and that of the second are the same for both.
  const texts = Array.from({ length: 64 }, (_, index) =>
    Array.from({ length: 6 }, (_, bit) => (((index >> bit) & 1) === 0 ? 'Aa' : 'BB')).join(''),
  )
  const lookUp = compileStringMap(new Map(texts.map((text, index) => [text, index])))
  expect(texts.map(lookUp)).toEqual(texts.map((_, index) => index))
  expect(lookUp('AaAaAaAaAaAb')).toBeUndefined()
})

it('does not read a text that is longer than all of those', () => {
  const lookUp = compileStringMap(new Map([['a.long.event.name', 1]]))
  expect(lookUp('a.long.event.name'.repeat(1_000_000))).toBeUndefined()
  expect(lookUp('a.long.event.nam')).toBeUndefined()
})

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

it('finds the same values as a Map', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat())), fc.array(fc.anything()), (entries, others) => {
      const map = new Map<unknown, number>(entries)
      const lookUp = compileStringMap(map)
      // A string that is read from JSON is another string object than the declared one.
      for (const one of [...map.keys(), ...others]) expect(lookUp(one)).toBe(map.get(one))
      for (const one of [...map.keys()]) expect(lookUp(JSON.parse(JSON.stringify(one)))).toBe(map.get(one))
    }),
  )
})

it('distinguishes strings with the same hash', () => {
  // 31 times the code of the first character plus that of the second is the same for both.
  const strings = Array.from({ length: 64 }, (_, index) =>
    Array.from({ length: 6 }, (_, bit) => (((index >> bit) & 1) === 0 ? 'Aa' : 'BB')).join(''),
  )
  const lookUp = compileStringMap(new Map(strings.map((string, index) => [string, index])))
  expect(strings.map(lookUp)).toEqual(strings.map((_, index) => index))
  expect(lookUp('AaAaAaAaAaAb')).toBeUndefined()
})

it('does not read a string that is longer than all keys', () => {
  const lookUp = compileStringMap(new Map([['a.long.event.name', 1]]))
  expect(lookUp('a.long.event.name'.repeat(1_000_000))).toBeUndefined()
  expect(lookUp('a.long.event.nam')).toBeUndefined()
})

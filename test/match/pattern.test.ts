import { afterEach, describe, expect, it } from 'vitest'
import { formatConstraints, toConstraints } from '../../src/match/pattern.ts'

const short = (pattern: unknown) => {
  const { constraints, problems } = toConstraints(pattern)
  return { constraints: constraints.map(({ path, values }) => ({ path, values })), problems }
}

describe('the comparisons of a pattern', () => {
  it('are one for each field, with its path and its alternatives', () => {
    const pattern = { a: 'x', b: [1, null], c: { 'd.e': true, f: { g: ['y'] } } }
    expect(short(pattern)).toEqual({
      constraints: [
        { path: ['a'], values: ['x'] },
        { path: ['b'], values: [1, null] },
        { path: ['c', 'd.e'], values: [true] },
        { path: ['c', 'f', 'g'], values: ['y'] },
      ],
      problems: [],
    })
    expect(formatConstraints(toConstraints(pattern).constraints)).toBe('a=x b=1| c.d.e=true c.f.g=y')
  })

  it('have keys that no other path has', () => {
    const [dotted, nested] = toConstraints({ 'a.b': 1, a: { b: 1 } }).constraints
    expect(dotted?.key).not.toBe(nested?.key)
  })

  const FIELD = 'expected a string, number, boolean, null, a list of them, or an object'
  it.each<[unknown, string]>([
    ['x', 'the pattern: expected an object, got "x"'],
    [['x'], 'the pattern: expected an object, got object'],
    [undefined, 'the pattern: expected an object, got undefined'],
    [{}, 'the pattern: expected at least one field; use otherwise() for all events'],
    [{ a: {} }, 'the pattern at a: expected at least one field; use otherwise() for all events'],
    [{ a: [] }, `the pattern at a: ${FIELD}, got object`],
    [{ a: ['x', {}] }, `the pattern at a: ${FIELD}, got object`],
    [{ a: ['x', undefined] }, `the pattern at a: ${FIELD}, got object`],
    [{ a: { b: Number.NaN } }, `the pattern at a.b: ${FIELD}, got NaN`],
    [{ a: { b: Number.POSITIVE_INFINITY } }, `the pattern at a.b: ${FIELD}, got Infinity`],
    [{ a: 1n }, `the pattern at a: ${FIELD}, got bigint`],
  ])('of %o are a problem', (pattern, problem) => {
    expect(short(pattern)).toEqual({ constraints: [], problems: [problem] })
  })
})

describe('the value at a path', () => {
  const read = (event: unknown, pattern: object): unknown => toConstraints(pattern).constraints[0]?.read(event)

  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'polluted')
  })

  it('is what the event has there', () => {
    expect(read({ a: { b: 'x' } }, { a: { b: 'x' } })).toBe('x')
    expect(read({ a: null }, { a: null })).toBeNull()
    expect(read({ constructor: 'x' }, { constructor: 'x' })).toBe('x')
  })

  it.each([
    [{ b: 1 }, { a: 'x' }],
    [{ a: 'x' }, { a: { length: 1 } }],
    [{ a: ['x'] }, { a: { 0: 'x' } }],
    [null, { a: 'x' }],
    [{}, { constructor: { name: 'Object' } }],
  ])('of %j for %j is nothing', (event, pattern) => {
    expect(read(event, pattern)).toBeUndefined()
  })

  it('is never inherited', () => {
    Object.defineProperty(Object.prototype, 'polluted', { value: 'x', configurable: true })
    expect(read({}, { polluted: 'x' })).toBeUndefined()
    expect(read(JSON.parse('{"polluted":"x"}'), { polluted: 'x' })).toBe('x')
  })
})

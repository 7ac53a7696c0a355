import { describe, expect, it } from 'vitest'
import { type Candidate, compileDispatch } from '../../src/match/dispatch.ts'
import { compileMatcher } from '../../src/match/matcher.ts'
import { indexRoutes } from '../../src/match/route-index.ts'

/** Turns a chain of candidates into a list. */
function linksOf<Route>(first: Candidate<Route> | undefined): Candidate<Route>[] {
  return first === undefined ? [] : [first, ...linksOf(first.next)]
}

/** The indexes of the routes that are candidates for an event. */
function candidates(matchers: readonly unknown[], event: { readonly [key: string]: unknown }): number[] {
  const routes = matchers.map((matcher, index) => ({ matcher: compileMatcher(matcher), index }))
  return linksOf(compileDispatch(indexRoutes(routes))(event)).map(({ route }) => route.index)
}

const anything = (): boolean => true

describe('compiled dispatch', () => {
  it.each<[string, unknown[], { readonly [key: string]: unknown }, number[]]>([
    ['looks one field up', [{ t: 'a' }, { t: 'b' }, { t: ['b', 'c'] }], { t: 'b' }, [1, 2]],
    ['keeps predicates in their place', [{ t: 'a' }, anything, { t: 'b' }, { t: 'a', u: 1 }], { t: 'a' }, [0, 1, 3]],
    ['tries predicates alone for an unknown value', [{ t: 'a' }, anything], { t: 'z' }, [1]],
    ['looks up each field in its own map', [{ t: 'a' }, { u: 1 }, anything, { t: 'b' }], { t: 'b', u: 1 }, [1, 2, 3]],
    ['distinguishes 1 from "1" and null from a missing field', [{ t: 1 }, { t: '1' }, { t: null }], { t: null }, [2]],
    ['does not take a missing field for null', [{ t: 1 }, { t: null }], {}, []],
    ['reads nested fields', [{ d: { t: 'a' } }, { d: { t: 'b' } }], { d: { t: 'b' } }, [1]],
    ['keeps a key with a dot apart from a path', [{ 'a.b': 1 }, { a: { b: 1 } }], { 'a.b': 1 }, [0]],
    ['does not match inherited properties', [{ constructor: { name: 'Object' } }], {}, []],
    ['reads a key of the event that has an inherited name', [{ constructor: 'x' }], { constructor: 'x' }, [0]],
    ['reads objects, never lists', [{ d: { 0: 'a' } }, { d: { length: 1 } }], { d: ['a'] }, []],
    ['does not match a scalar instead of an object', [{ d: { t: 'a' } }], { d: 'text' }, []],
    [
      'matches an own key __proto__ of the event',
      [JSON.parse('{"__proto__":"a"}')],
      JSON.parse('{"__proto__":"a"}'),
      [0],
    ],
  ])('%s', (_, matchers, event, expected) => {
    expect(candidates(matchers, event)).toEqual(expected)
  })

  it('a candidate is exact if the look-up compared its whole pattern', () => {
    const routes = [{ t: 'a' }, { t: ['a', 'b'] }, { t: 'a', u: 1 }, anything].map((matcher) => {
      return { matcher: compileMatcher(matcher) }
    })
    const exact = linksOf(compileDispatch(indexRoutes(routes))({ t: 'a' })).map((candidate) => candidate.isExact)
    expect(exact).toEqual([true, true, false, false])
  })

  it('reads a field once, however many routes there are', () => {
    let reads = 0
    const event = {
      get type() {
        reads++
        return 'type-999'
      },
    }
    const routes = Array.from({ length: 1000 }, (_, index) => ({ matcher: compileMatcher({ type: `type-${index}` }) }))
    expect(compileDispatch(indexRoutes(routes))(event)).toEqual({ route: routes[999], isExact: true, next: undefined })
    expect(reads).toBe(1)
  })
})

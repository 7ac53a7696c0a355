import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CompiledMatcher, compileMatcher } from '../../src/match/matcher.ts'
import type { Constraint } from '../../src/match/pattern.ts'
import { indexRoutes } from '../../src/match/route-index.ts'
import { unreachableProblems } from '../../src/match/unreachable.ts'
import { runs } from '../support/runs.ts'

const values = fc.uniqueArray(fc.constantFrom<string | number | null>('a', 'b', 1, '1', null), {
  minLength: 1,
  maxLength: 3,
})
const pattern = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(values, fc.record({ a: values })), {
  minKeys: 1,
  maxKeys: 3,
})

function problemsOf(matchers: readonly CompiledMatcher[]): readonly string[] {
  const routes = matchers.map((matcher) => ({ matcher }))
  return unreachableProblems(routes, indexRoutes(routes))
}

/** The plain algorithm: compares every pattern with every earlier one. */
function firstThatTakesAll(patterns: readonly (readonly Constraint[])[], index: number): number {
  const narrow = patterns[index] ?? []
  return patterns.findIndex((wide, at) => {
    if (at >= index) return false
    return wide.every(({ path, values: allowed }) => {
      const same = narrow.find((other) => other.path.join('/') === path.join('/'))
      return same?.values.every((value) => allowed.includes(value)) === true
    })
  })
}

it('a pattern is unreachable if an earlier one takes all of its events', () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 12 }), (all) => {
      const matchers = all.map(compileMatcher)
      const expected = matchers.flatMap((_, index) => {
        const taken = firstThatTakesAll(
          matchers.map(({ constraints }) => constraints),
          index,
        )
        return taken < 0
          ? []
          : [`route ${index + 1}: can never match, because route ${taken + 1} takes all of its events`]
      })
      expect(problemsOf(matchers)).toEqual(expected)
    }),
    { numRuns: runs(2000) },
  )
})

it('three thousand patterns are checked in no time', () => {
  const matchers = Array.from({ length: 3000 }, (_, index) => compileMatcher({ type: `t${index}` }))
  expect(problemsOf(matchers)).toEqual([])
})

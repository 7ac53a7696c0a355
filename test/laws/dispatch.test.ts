import * as fc from 'fast-check'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { expect, it } from 'vitest'
import { createIcebergRouter, defineTable, t } from '../../src/index.ts'
import { runs } from '../support/runs.ts'
import { buildRouter, events, patterns } from './routers.ts'

const table = defineTable({ name: 'log', columns: { id: t.string() } })

type Test = (event: unknown) => boolean

/** Matches a pattern as its documentation says, without compiling anything. */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => alternative === value)
  if (typeof pattern !== 'object' || pattern === null) return pattern === value
  return Object.entries(pattern).every(([key, inner]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return false
    return matches(inner, Object.getOwnPropertyDescriptor(value, key)?.value)
  })
}

const hasKind: Test = (event) => Object.hasOwn(event as object, 'kind')
const always: Test = () => true
const never: Test = () => false

/** A matcher and a test that means the same: mostly patterns, some predicates and schemas. */
function matchers(): fc.Arbitrary<{ matcher: unknown; test: Test }> {
  const tests = fc.constantFrom(hasKind, always, never)
  return fc.oneof(
    {
      weight: 6,
      arbitrary: patterns().map((matcher) => ({ matcher, test: (event: unknown) => matches(matcher, event) })),
    },
    { weight: 1, arbitrary: tests.map((test) => ({ matcher: test, test })) },
    { weight: 1, arbitrary: tests.map((test) => ({ matcher: async (event: unknown) => test(event), test })) },
    { weight: 1, arbitrary: tests.map((test) => ({ matcher: schemaOf(test), test })) },
  )
}

function schemaOf(test: Test): object {
  const validate = (value: unknown): object => (test(value) ? { value } : { issues: [{ message: 'no' }] })
  return { '~standard': { version: 1, vendor: 'laws', validate } }
}

it('compiled dispatch chooses the same route as trying one after the other', async () => {
  const batch = fc.array(events(), { minLength: 1, maxLength: 4 })
  let matchedByRoute = 0
  await fc.assert(
    fc.asyncProperty(fc.array(matchers(), { maxLength: 8 }), batch, async (all, payloads) => {
      const routes = all.map(({ matcher }, index) => ({
        matcher,
        route: { name: String(index), table, transform: () => ({ id: 'a' }) },
      }))
      const router = buildRouter({ database: 'db' }, routes, 'drop')
      const { outcomes } = await router.runBatch(createFirehoseEvent(payloads))
      const taken = outcomes.map((outcome) => (outcome.status === 'failed' ? outcome.failure.code : outcome.route))
      const expected = payloads.map((payload) => {
        const event: unknown = JSON.parse(JSON.stringify(payload))
        const index = all.findIndex(({ test }) => test(event))
        return index < 0 ? 'otherwise' : String(index)
      })
      // Routes that the router reports as unreachable are left out; this also checks that they are unreachable.
      expect(taken).toEqual(expected)
      matchedByRoute += expected.filter((name) => name !== 'otherwise').length
    }),
    { numRuns: runs(3000) },
  )
  expect(matchedByRoute).toBeGreaterThan(runs(3000) / 3)
})

it('fifty routes on one field and one on another: the order written decides', async () => {
  let router = createIcebergRouter({ database: 'db' }).on({ first: true }, 'drop')
  for (let index = 0; index < 50; index++) {
    router = router.on({ kind: `k${index}` }, { name: `k${index}`, table, transform: () => ({ id: 'a' }) })
  }
  const { outcomes } = await router.runBatch(createFirehoseEvent([{ kind: 'k49' }, { kind: 'k7', first: true }]))
  expect(outcomes).toMatchObject([{ route: 'k49' }, { status: 'dropped' }])
})

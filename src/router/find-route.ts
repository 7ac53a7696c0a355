import { decodeRecord, type JsonObject } from '../firehose/decode.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { Candidate } from '../match/dispatch.ts'
import { INVALID_ANSWER, NO_MATCH } from '../match/matcher.ts'
import { type Failed, failed } from '../outcome/outcome.ts'
import type { State } from '../outcome/pending-row.ts'
import { adopt, isThenable, type MaybePromise } from '../promise.ts'
import { isEnvelope, REINGESTED_ROUTE } from '../reingest/fanout/seal.ts'
import type { CompiledRoute, CompiledRouter } from './compile.ts'
import { failRoute, threw } from './fail.ts'
import type { Match, Processed } from './fanned-out.ts'

/**
 * Takes a record as far as its route: decode, open the envelope where it is one of ours, match. It returns a promise only
 * where a matcher did.
 *
 * @throws RetryBatchError (or rejects with it), and nothing else
 */
export function matchRecord(router: CompiledRouter, record: FirehoseRecord): MaybePromise<Processed | Match> {
  const { event, failure } = decodeRecord(record)
  if (event === undefined) return failed(record.recordId, failure)
  if (isEnvelope(event)) return router.fanout?.open(router, event, record) ?? refuseEnvelope(record)
  return findRoute(router, event, record)
}

/** Takes an event to the first route that matches it. */
export function findRoute(
  router: CompiledRouter,
  event: JsonObject,
  record: FirehoseRecord,
): MaybePromise<State | Match> {
  const first = router.dispatch(event)
  if (first?.decided) return take(first.route, event, { router, event, record })
  return tryRoutes({ router, event, record }, first)
}

const UNEXPECTED = 'a router put this back onto the stream, and this one has no target to reingest to'

function refuseEnvelope({ recordId }: FirehoseRecord): Failed {
  return failed(recordId, { code: 'EnvelopeUnexpected', message: UNEXPECTED, route: REINGESTED_ROUTE })
}

interface Trial {
  readonly router: CompiledRouter
  readonly event: JsonObject
  readonly record: FirehoseRecord
}

/** Asks one candidate after the other; the first that matches takes the record. */
function tryRoutes(trial: Trial, first: Candidate<CompiledRoute> | undefined): MaybePromise<State | Match> {
  const { router, event, record } = trial
  for (let candidate = first; candidate !== undefined; candidate = candidate.next) {
    const { route, decided, next } = candidate
    if (decided) return take(route, event, trial)
    let matched: unknown
    try {
      matched = route.matcher.match(event)
      if (matched !== event && isThenable(matched)) {
        return adopt(matched).then(
          (later) => (later === NO_MATCH ? tryRoutes(trial, next) : take(route, later, trial)),
          (cause: unknown) => threw('MatcherThrew', 'the matcher', { route, record }, cause),
        )
      }
    } catch (cause) {
      return threw('MatcherThrew', 'the matcher', { route, record }, cause)
    }
    if (matched !== NO_MATCH) return take(route, matched, trial)
  }
  return take(router.otherwise, event, trial)
}

const NOT_AN_ANSWER =
  'expected the predicate to return true or false, got an object, which would match every event; return one of its members (result.success)'

function take(route: CompiledRoute, value: unknown, { event, record }: Trial): State | Match {
  if (value === INVALID_ANSWER) return failRoute({ route, record }, { code: 'InvalidMatch', message: NOT_AN_ANSWER })
  if (route.action === 'deliver') return { status: 'matched', route, value, event, record }
  const { recordId } = record
  if (route.action === 'drop') return { status: 'dropped', recordId, route: route.name }
  if (route.name === 'otherwise') return failed(recordId, { code: 'NoRoute', message: 'no route matches this event' })
  return failRoute({ route, record }, { code: 'RouteFails', message: 'the route is declared to fail its events' })
}

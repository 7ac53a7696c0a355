import type { JsonObject } from '../firehose/decode.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { Candidate } from '../match/dispatch.ts'
import { INVALID_ANSWER, NO_MATCH } from '../match/matcher.ts'
import { failed } from '../outcome/outcome.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'
import { adopt, isThenable, type MaybePromise } from '../promise.ts'
import { failRoute, threw } from './fail.ts'
import type { CompiledRoute, CompiledRouter, Match } from './model.ts'

/** Takes an event to the first route that matches it. It returns a promise only if a matcher does. */
export function findRoute(
  router: CompiledRouter,
  event: JsonObject,
  record: FirehoseRecord,
): MaybePromise<RecordOutcome | Match> {
  const first = router.dispatch(event)
  if (first?.isExact) return take(first.route, event, { router, event, record })
  return tryRoutes({ router, event, record }, first)
}

interface Trial {
  readonly router: CompiledRouter
  readonly event: JsonObject
  readonly record: FirehoseRecord
}

/** Tries one candidate after the other; the first that matches takes the record. */
function tryRoutes(trial: Trial, first: Candidate<CompiledRoute> | undefined): MaybePromise<RecordOutcome | Match> {
  const { router, event, record } = trial
  for (let candidate = first; candidate !== undefined; candidate = candidate.next) {
    const { route, isExact, next } = candidate
    if (isExact) return take(route, event, trial)
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

const NOT_A_BOOLEAN =
  'expected the predicate to return true or false, got an object, which would match every event; return one of its members (result.success)'

function take(route: CompiledRoute, value: unknown, { event, record }: Trial): RecordOutcome | Match {
  if (value === INVALID_ANSWER) return failRoute({ route, record }, { code: 'InvalidMatch', message: NOT_A_BOOLEAN })
  if (route.action === 'deliver') return { status: 'matched', route, value, event, record }
  const { recordId } = record
  if (route.action === 'drop') return { status: 'dropped', recordId, route: route.name }
  if (route.name === 'otherwise') return failed(recordId, { code: 'NoRoute', message: 'no route matches this event' })
  return failRoute({ route, record }, { code: 'RouteFails', message: 'the route is declared to fail its events' })
}

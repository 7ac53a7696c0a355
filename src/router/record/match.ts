import { decodeRecord, type JsonObject } from '../../firehose/decode.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import type { Candidate } from '../../match/dispatch.ts'
import { NO_MATCH } from '../../match/matcher.ts'
import { adopt, isThenable, type MaybePromise } from '../../match/thenable.ts'
import type { CompiledRoute, CompiledRouter } from '../compile.ts'
import { isEnvelope } from '../fanout/envelope.ts'
import { openEnvelope } from '../fanout/open.ts'
import { failed } from '../outcome.ts'
import type { State } from './delivery.ts'
import { type Match, type Processed, toDraft } from './draft.ts'
import { failRoute, threw } from './fail.ts'

/**
 * Takes a record as far as its route: decode, open the envelope where it is one of ours, match. It returns a promise only
 * where a matcher did.
 *
 * @throws RetryBatchError (or rejects with it), and nothing else
 */
export function matchRecord(router: CompiledRouter, record: FirehoseRecord): MaybePromise<Processed | Match> {
  const { event, failure } = decodeRecord(record)
  if (event === undefined) return failed(record.recordId, failure)
  if (isEnvelope(event)) return matchEnvelope(router, event, record)
  return tryRoutes({ router, candidates: router.dispatch(event), event, record }, 0)
}

/** A row is done; a record that was put back whole goes its way as when it first came. */
function matchEnvelope(
  router: CompiledRouter,
  envelope: JsonObject,
  record: FirehoseRecord,
): MaybePromise<Processed | Match> {
  const opened = openEnvelope(router, envelope, record)
  if (opened.status !== 'opened') return opened
  const { event, record: origin, hops } = opened
  const wrapped = { recordId: record.recordId, hops }
  const wrap = (matched: State | Match): Processed | Match =>
    matched.status === 'matched' ? { ...matched, wrapped } : toDraft(matched, wrapped, origin)
  const matched = tryRoutes({ router, candidates: router.dispatch(event), event, record: origin }, 0)
  return isThenable(matched) ? matched.then(wrap) : wrap(matched)
}

interface Trial {
  readonly router: CompiledRouter
  readonly candidates: readonly Candidate<CompiledRoute>[]
  readonly event: JsonObject
  readonly record: FirehoseRecord
}

/** Asks one candidate after the other; the first that matches takes the record. */
function tryRoutes(trial: Trial, start: number): MaybePromise<State | Match> {
  const { router, candidates, event, record } = trial
  for (let index = start; index < candidates.length; index++) {
    const { route, decided } = candidates[index] as Candidate<CompiledRoute>
    if (decided) return take(route, event, trial)
    let matched: unknown
    try {
      matched = route.matcher.match(event)
      if (matched !== event && isThenable(matched)) {
        return adopt(matched).then(
          (later) => (later === NO_MATCH ? tryRoutes(trial, index + 1) : take(route, later, trial)),
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

function take(route: CompiledRoute, value: unknown, { event, record }: Trial): State | Match {
  if (route.action === 'deliver') return { status: 'matched', route, value, event, record }
  const { recordId } = record
  if (route.action === 'drop') return { status: 'dropped', recordId, route: route.name }
  if (route.name === 'otherwise') return failed(recordId, { code: 'NoRoute', message: 'no route matches this event' })
  return failRoute({ route, record }, { code: 'RouteFails', message: 'the route is declared to fail its events' })
}

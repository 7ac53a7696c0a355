import { decodeRecord, type JsonObject } from '../../firehose/decode.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { OPERATIONS, type Operation } from '../../firehose/response.ts'
import { NO_MATCH } from '../../match/matcher.ts'
import { issuePath, type SchemaResult, type StandardSchema } from '../../match/schema.ts'
import { adopt, isThenable, type MaybePromise } from '../../match/thenable.ts'
import { formatPath } from '../../table/path.ts'
import { Refusal, typeName } from '../../table/refusal.ts'
import type { CompiledRoute, CompiledRouter, DeliveringRoute } from '../compile.ts'
import { type Failure, failed, type Outcome } from '../outcome.ts'

/**
 * Takes one record along its whole way: decode, match, validate, transform, encode. Never throws and never rejects. It
 * returns a promise only where the user's code returned one, so that a synchronous router makes none.
 */
export function processRecord(router: CompiledRouter, record: FirehoseRecord): MaybePromise<Outcome> {
  const { event, failure } = decodeRecord(record)
  if (event === undefined) return failed(record.recordId, failure)
  return tryRoutes(router, router.dispatch(event), 0, event, record)
}

/** Asks one candidate after the other; the first that matches takes the record. */
function tryRoutes(
  router: CompiledRouter,
  candidates: readonly CompiledRoute[],
  start: number,
  event: JsonObject,
  record: FirehoseRecord,
): MaybePromise<Outcome> {
  for (let index = start; index < candidates.length; index++) {
    const route = candidates[index] as CompiledRoute
    let matched: unknown
    try {
      matched = route.matcher.match(event)
      if (isThenable(matched)) {
        return adopt(matched).then(
          (later) => {
            if (later === NO_MATCH) return tryRoutes(router, candidates, index + 1, event, record)
            return runRoute(route, later, record)
          },
          (cause: unknown) => threw('MatcherThrew', 'the matcher', route, record, cause),
        )
      }
    } catch (cause) {
      return threw('MatcherThrew', 'the matcher', route, record, cause)
    }
    if (matched !== NO_MATCH) return runRoute(route, matched, record)
  }
  return runRoute(router.otherwise, event, record)
}

function runRoute(route: CompiledRoute, event: unknown, record: FirehoseRecord): MaybePromise<Outcome> {
  const { recordId } = record
  if (route.action === 'drop') return { status: 'dropped', recordId, route: route.name }
  if (route.action !== 'deliver') return refused(route, recordId)
  return route.schema === undefined ? transform(route, event, record) : validate(route, route.schema, event, record)
}

function refused({ name }: CompiledRoute, recordId: string): Outcome {
  if (name === 'otherwise') return failed(recordId, { code: 'NoRoute', message: 'no route matches this event' })
  return failed(recordId, { code: 'RouteFails', message: 'the route is declared to fail its events', route: name })
}

function validate(
  route: DeliveringRoute,
  schema: StandardSchema,
  event: unknown,
  record: FirehoseRecord,
): MaybePromise<Outcome> {
  try {
    const result = schema['~standard'].validate(event)
    if (!isThenable(result)) return afterSchema(route, result, schema, record)
    return adopt(result)
      .then((later) => afterSchema(route, later, schema, record))
      .catch((cause: unknown) => threw('SchemaThrew', 'the schema', route, record, cause))
  } catch (cause) {
    return threw('SchemaThrew', 'the schema', route, record, cause)
  }
}

function afterSchema(
  route: DeliveringRoute,
  result: SchemaResult<unknown>,
  schema: StandardSchema,
  record: FirehoseRecord,
): MaybePromise<Outcome> {
  if (!result.issues) return transform(route, result.value, record)
  const count = result.issues.length
  const message = `the event does not fit the route's ${schema['~standard'].vendor} schema (${count} issue${count === 1 ? '' : 's'})`
  return failRoute(route, record, { code: 'SchemaMismatch', message, path: formatPath(issuePath(result.issues)) })
}

function transform(route: DeliveringRoute, event: unknown, record: FirehoseRecord): MaybePromise<Outcome> {
  const operation = operationOf(route, event, record)
  if (typeof operation !== 'string') return operation
  try {
    const row = route.transform(event, record)
    if (!isThenable(row)) return encode(route, row, operation, record)
    return adopt(row).then(
      (later) => encode(route, later, operation, record),
      (cause: unknown) => threw('TransformThrew', 'the transform', route, record, cause),
    )
  } catch (cause) {
    return threw('TransformThrew', 'the transform', route, record, cause)
  }
}

function operationOf(route: DeliveringRoute, event: unknown, record: FirehoseRecord): Operation | Outcome {
  if (typeof route.operation === 'string') return route.operation
  let operation: unknown
  try {
    operation = route.operation(event)
    // A promise is none of the answers, but left alone its rejection would end the process, and with it the batch.
    if (isThenable(operation)) adopt(operation).catch(() => undefined)
  } catch (cause) {
    return threw('OperationThrew', 'the operation function', route, record, cause)
  }
  const known = OPERATIONS.find((name) => name === operation)
  if (known === undefined) {
    const message = `expected the operation function to return ${OPERATIONS.join(', ')}, got ${typeName(operation)}`
    return failRoute(route, record, { code: 'InvalidOperation', message })
  }
  if (known === 'insert' || route.table.uniqueKeys.length > 0) return known
  const message = `${known} needs unique keys; add uniqueKeys to the table ${route.table.name}`
  return failRoute(route, record, { code: 'InvalidOperation', message })
}

function encode(route: DeliveringRoute, row: unknown, operation: Operation, record: FirehoseRecord): Outcome {
  let text: string | Refusal
  try {
    text = route.encode(row, operation)
  } catch (cause) {
    return threw('RowUnreadable', 'reading the row', route, record, cause)
  }
  if (text instanceof Refusal) {
    return failRoute(route, record, { code: text.code, message: text.message, path: formatPath(text.path) })
  }
  const { name, table, otf } = route
  const otfMetadata = otf[operation]
  return {
    status: 'delivered',
    recordId: record.recordId,
    route: name,
    table: table.name,
    operation,
    otfMetadata,
    row: text,
  }
}

/** The user's code threw. What it threw may quote the payload: only its kind is told, the rest is in `cause`. */
function threw(
  code: Failure['code'],
  what: string,
  route: CompiledRoute,
  record: FirehoseRecord,
  cause: unknown,
): Outcome {
  return failRoute(route, record, { code, message: `${what} threw ${kindOf(cause)}`, cause: cause ?? 'nothing' })
}

const BUILT_IN_ERRORS = [
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'URIError',
  'EvalError',
  'AggregateError',
]

/** The class of an error where JavaScript made it; a name that the user's code can choose might hold anything. */
function kindOf(cause: unknown): string {
  try {
    if (!(cause instanceof Error)) return typeName(cause)
    const thrower: unknown = Object.getPrototypeOf(cause)?.constructor
    const name = typeof thrower === 'function' ? thrower.name : ''
    return BUILT_IN_ERRORS.includes(name) ? `a ${name}` : 'an Error'
  } catch {
    // A proxy or a getter may throw at the mere question.
    return 'an object'
  }
}

function failRoute(
  route: CompiledRoute,
  record: FirehoseRecord,
  failure: Omit<Failure, 'path' | 'route' | 'table'> & { readonly path?: string },
): Outcome {
  const table = route.action === 'deliver' ? { table: route.table.name } : {}
  return failed(record.recordId, { ...failure, cause: failure.cause, route: route.name, ...table })
}

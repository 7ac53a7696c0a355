import { copyRecord } from '../firehose/copy-record.ts'
import { mayHoldBigints } from '../firehose/exact.ts'
import { OPERATIONS, type Operation } from '../firehose/response.ts'
import type { Failed } from '../outcome/outcome.ts'
import { formatPath } from '../path.ts'
import { adopt, isThenable, type MaybePromise } from '../promise.ts'
import type { SchemaResult, StandardSchema } from '../standard-schema.ts'
import { typeName } from '../table/wrong-type.ts'
import { observePromises } from '../unawaited.ts'
import { failRoute, threw } from './fail.ts'
import { reportIssues } from './issues.ts'
import type { Match, Transformed } from './model.ts'
import { roundedPath } from './rounding.ts'

/**
 * Validates a matched event with the route's schema and runs the transform. It returns a promise only if the user's code
 * does.
 *
 * @throws RetryBatchError (or rejects with it), and nothing else
 */
export function transformEvent(match: Match, context: unknown): MaybePromise<Transformed | Failed> {
  const { schema } = match.route
  const { event, value } = match
  // A schema used as matcher returns a new value.
  const rounded = value === event ? undefined : refuseRounded(match, event, value)
  if (rounded !== undefined) return rounded
  return schema === undefined ? transform(match, value, context) : validate(match, schema, context)
}

function validate(match: Match, schema: StandardSchema, context: unknown): MaybePromise<Transformed | Failed> {
  try {
    const result = schema['~standard'].validate(match.value)
    if (!isThenable(result)) return afterSchema(match, schema, result, context)
    return adopt(result)
      .then((later) => afterSchema(match, schema, later, context))
      .catch((cause: unknown) => threw('SchemaThrew', 'the schema', match, cause))
  } catch (cause) {
    return threw('SchemaThrew', 'the schema', match, cause)
  }
}

function afterSchema(
  match: Match,
  schema: StandardSchema,
  result: SchemaResult<unknown>,
  context: unknown,
): MaybePromise<Transformed | Failed> {
  if (!result.issues) {
    return refuseRounded(match, match.value, result.value) ?? transform(match, result.value, context)
  }
  observePromises(result)
  const { vendor } = schema['~standard']
  const count = result.issues.length
  const report = reportIssues(result.issues, { event: match.value, schema })
  const found = report.issues
    .slice(0, 3)
    .map(({ code = 'an issue', path }) => (path === '' ? code : `${code} at ${path}`))
  const list = found.length === 0 ? '' : `: ${found.join(', ')}`
  const message = `the event does not fit the route's ${vendor} schema (${count} issue${count === 1 ? '' : 's'})${list}`
  return failRoute(match, { code: 'SchemaMismatch', message, ...report, cause: result.issues })
}

/** Fails a record if its schema rounded a number: the row would have the wrong number. */
function refuseRounded(match: Match, before: unknown, after: unknown): Failed | undefined {
  const path = mayHoldBigints(match.event) ? roundedPath(before, after) : undefined
  if (path === undefined) return undefined
  const message = 'the schema rounded a whole number beyond 2^53: expected it as the bigint that it is in the event'
  return failRoute(match, { code: 'OutOfRange', message, path: formatPath(path) })
}

function transform(match: Match, event: unknown, context: unknown): MaybePromise<Transformed | Failed> {
  const operation = operationOf(match, event)
  if (typeof operation !== 'string') return operation
  try {
    const { route, record } = match
    // A selection only reads.
    const returned = route.transform(event, route.select === undefined ? copyRecord(record) : record, context)
    if (!isThenable(returned)) return { status: 'transformed', match, returned, operation }
    return adopt(returned).then(
      (later): Transformed => ({ status: 'transformed', match, returned: later, operation }),
      (cause: unknown) => threw('TransformThrew', 'the transform', match, cause),
    )
  } catch (cause) {
    return threw('TransformThrew', 'the transform', match, cause)
  }
}

function operationOf(match: Match, event: unknown): Operation | Failed {
  const { operation } = match.route
  if (typeof operation === 'string') return operation
  let answer: unknown
  try {
    answer = operation(event)
  } catch (cause) {
    return threw('OperationThrew', 'the operation function', match, cause)
  }
  const known = OPERATIONS.find((name) => name === answer)
  if (known !== undefined) return known
  // The result may be or contain a promise. Observe it: an unhandled rejection would end the process.
  observePromises(answer)
  const message = `expected the operation function to return ${OPERATIONS.join(', ')}, got ${typeName(answer)}`
  return failRoute(match, { code: 'InvalidOperation', message })
}

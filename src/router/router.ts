import type { JsonObject } from '../firehose/decode.ts'
import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import type { FirehoseTransformationResponse, Operation } from '../firehose/response.ts'
import type { Matched, Matcher, Unmatched } from '../match/matcher.ts'
import type { StandardSchema } from '../match/schema.ts'
import type { Table } from '../table/table.ts'
import { type BatchResult, processBatch } from './batch/batch.ts'
import { type CompiledRouter, compileRouter, type Declaration } from './compile.ts'
import type { RouterOptions } from './options.ts'
import type { Ending, NoExtraColumns, OperationOf, Route, RowFor } from './route.ts'

/** The transformation Lambda of a Firehose stream. */
export interface FirehoseHandler {
  (event: FirehoseTransformationEvent, context?: unknown): Promise<FirehoseTransformationResponse>
  /** The database of all tables. */
  readonly database: string
  /** The tables that the routes deliver to: what a local Firehose, or a script that creates tables, has to know. */
  readonly tables: readonly Table[]
  /** As the handler, but tells what became of every record: for tests, and to explain why a record failed. */
  readonly process: (event: FirehoseTransformationEvent) => Promise<BatchResult>
}

/** A router that is complete. */
export interface FinishedRouter {
  /**
   * Builds the Lambda handler. It answers every record exactly once, in order, and rejects only for an event that did not
   * come from Firehose.
   *
   * @throws IcebergRouterError `InvalidRouter`, with every problem of the declaration in it
   */
  handler(): FirehoseHandler
  /** Runs one event and tells what became of every record: for tests. */
  process(event: FirehoseTransformationEvent): Promise<BatchResult>
}

/** Says which members of the event's union have no route yet. It cannot be called. */
export interface NotExhaustive<Missing> {
  readonly 'these events have no route': Missing
}

/** A router that takes more routes. Every call returns a new one; the old one stays as it is. */
export interface IcebergRouter<Event, Remaining = Event> extends FinishedRouter {
  /** Sends the events that a matcher takes to a table, or drops or fails them. The first match wins, in the order written. */
  on<
    const M extends Matcher<Event>,
    const T extends Table,
    Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
    S extends StandardSchema | undefined = undefined,
    Op extends OperationOf<T> = 'insert',
  >(
    matcher: M,
    route: Route<Matched<Event, M>, T, S, Op & Operation, Row> | Ending,
  ): IcebergRouter<Event, Unmatched<Remaining, M>>

  /** What becomes of events without a route: `'fail'` (also where nothing is said), `'drop'`, or a route of their own. */
  otherwise<
    const T extends Table,
    Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
    S extends StandardSchema | undefined = undefined,
    Op extends OperationOf<T> = 'insert',
  >(route: Route<Event, T, S, Op & Operation, Row> | Ending): FinishedRouter

  /** Ends the router and compiles only when every member of the event's union has a route. What comes all the same fails. */
  readonly exhaustive: [Remaining] extends [never] ? () => FinishedRouter : NotExhaustive<Remaining>
}

/**
 * Starts a router. `Event` is what the stream carries: a discriminated union gives narrowed transforms; by default it is
 * any JSON object.
 */
export function createIcebergRouter<Event = JsonObject>(options: RouterOptions): IcebergRouter<Event> {
  return extend(options, []) as IcebergRouter<Event>
}

/** The router as it is at run time, where types have done their work. */
interface UntypedRouter extends FinishedRouter {
  on(matcher: unknown, route: Declaration['route']): UntypedRouter
  otherwise(ending: Declaration['route']): FinishedRouter
  exhaustive(): FinishedRouter
}

function extend(options: RouterOptions, declarations: readonly Declaration[]): UntypedRouter {
  return {
    on: (matcher, route) => extend(options, [...declarations, { matcher, route }]),
    otherwise: (ending) => finish(options, declarations, ending),
    exhaustive: () => finish(options, declarations, 'fail'),
    ...finish(options, declarations, 'fail'),
  }
}

function finish(
  options: RouterOptions,
  declarations: readonly Declaration[],
  ending: Declaration['route'],
): FinishedRouter {
  let compiled: CompiledRouter | undefined
  const compile = (): CompiledRouter => {
    compiled ??= compileRouter(options, declarations, ending)
    return compiled
  }
  return {
    handler: () => createHandler(compile()),
    process: async (event) => processBatch(compile(), event),
  }
}

function createHandler(router: CompiledRouter): FirehoseHandler {
  const process = async (event: FirehoseTransformationEvent): Promise<BatchResult> => processBatch(router, event)
  // Asynchronous even where no route is: Lambda's Node runtime ignores what a handler returns unless it is a promise.
  const handler = async (event: FirehoseTransformationEvent): Promise<FirehoseTransformationResponse> => {
    const { response } = await process(event)
    return response
  }
  return Object.assign(handler, { database: router.database, tables: router.tables, process })
}

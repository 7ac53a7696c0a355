import type { JsonObject } from '../firehose/decode.ts'
import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import type { Matched, Matcher, Unmatched } from '../match/matcher.ts'
import type { MaybePromise } from '../promise.ts'
import type { SourcesOf } from '../select/selected.ts'
import type { StandardSchema } from '../standard-schema.ts'
import type { Table } from '../table/table.ts'
import { type BatchResult, processBatch } from './batch.ts'
import {
  type CompiledRouter,
  type ContextDeclaration,
  compileRouter,
  type Declaration,
  type Declarations,
} from './compile.ts'
import { createHandler, type FirehoseHandler } from './handler.ts'
import type { RouterOptions } from './options.ts'
import type { Ending, NoExtraColumns, OperationOf, Route, RowFor, SelectRoute } from './route.ts'

export type { FirehoseHandler }

/** A router that is complete. */
export interface FinishedRouter {
  /**
   * Builds the Lambda handler. It answers every record exactly once, in order, and rejects only for an event that did not
   * come from Firehose, and with a `RetryBatchError` that your code threw.
   *
   * @throws IcebergRouterError `InvalidRouter`, with every problem of the declaration in it
   */
  handler(): FirehoseHandler
  /** What was declared, as it was: what exports such as `toJq` read. */
  readonly declarations: Declarations
  /** Runs one event and tells what became of every record: for tests. */
  process(event: FirehoseTransformationEvent, context?: unknown): Promise<BatchResult>
}

/** Says which members of the event's union have no route yet. It cannot be called. */
export interface NotExhaustive<Missing> {
  readonly 'these events have no route': Missing
}

/**
 * A router that takes more routes. Every call returns a new one; the old one stays as it is. `Context` is what transforms
 * get as third parameter; `Several` says whether they may return lists of rows.
 */
export interface IcebergRouter<Event, Remaining = Event, Context = undefined, Several = false> extends FinishedRouter {
  /** Sends the events that a matcher takes to a table, or drops or fails them. The first match wins, in the order written. */
  on<
    const M extends Matcher<Event>,
    const T extends Table,
    Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
    S extends StandardSchema | undefined = undefined,
    Op extends OperationOf<T> = 'insert',
    const Other extends Table = never,
    const Sel extends SourcesOf<T> = never,
  >(
    matcher: M,
    route:
      | Route<Matched<Event, M>, T, S, Op & Operation, Row, Other, Context, Several>
      | SelectRoute<Matched<Event, M>, T, S, Op & Operation, Sel>
      | Ending,
  ): IcebergRouter<Event, Unmatched<Remaining, M>, Context, Several>

  /**
   * Loads what transforms need once for an invocation, so that enrichment is one look-up for a batch and not one for a
   * record. It gets the decoded events of all records that a route with a table took, and is not called where there are
   * none. Declare it before the routes whose transforms use it: it is their third parameter.
   */
  batchContext<Loaded>(
    load: (events: readonly Event[]) => MaybePromise<Loaded>,
    options?: ContextOptions,
  ): IcebergRouter<Event, Remaining, Loaded, Several>

  /** What becomes of events without a route: `'fail'` (also where nothing is said), `'drop'`, or a route of their own. */
  otherwise<
    const T extends Table,
    Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
    S extends StandardSchema | undefined = undefined,
    Op extends OperationOf<T> = 'insert',
    const Other extends Table = never,
    const Sel extends SourcesOf<T> = never,
  >(
    route:
      | Route<Event, T, S, Op & Operation, Row, Other, Context, Several>
      | SelectRoute<Event, T, S, Op & Operation, Sel>
      | Ending,
  ): FinishedRouter

  /** Ends the router and compiles only when every member of the event's union has a route. What comes all the same fails. */
  readonly exhaustive: [Remaining] extends [never] ? () => FinishedRouter : NotExhaustive<Remaining>
}

/** What happens where the context of a batch cannot be loaded. */
export interface ContextOptions {
  /** `fail`, unless said: the records that needed it. `retry`: the handler rejects, and Firehose sends the batch again. */
  readonly onContextFailure?: 'fail' | 'retry'
}

/**
 * Starts a router. `Event` is what the stream carries: a discriminated union gives narrowed transforms; by default it is
 * any JSON object. With a target to reingest to, transforms may return several rows.
 */
export function createIcebergRouter<Event = JsonObject>(
  options: RouterOptions & Required<Pick<RouterOptions, 'reingest'>>,
): IcebergRouter<Event, Event, undefined, true>
export function createIcebergRouter<Event = JsonObject>(options: RouterOptions): IcebergRouter<Event>
export function createIcebergRouter(options: RouterOptions): unknown {
  return extend({ options, routes: [], ending: 'fail' })
}

/** The router as it is at run time, where types have done their work. */
interface UntypedRouter extends FinishedRouter {
  on(matcher: unknown, route: Declaration['route']): UntypedRouter
  batchContext(load: ContextDeclaration['load'], options?: ContextOptions): UntypedRouter
  otherwise(ending: Declaration['route']): FinishedRouter
  exhaustive(): FinishedRouter
}

function extend(declared: Declarations): UntypedRouter {
  return {
    on: (matcher, route) => extend({ ...declared, routes: [...declared.routes, { matcher, route }] }),
    batchContext: (load, { onContextFailure = 'fail' } = {}) =>
      extend({ ...declared, context: { load, onContextFailure } }),
    otherwise: (ending) => finish({ ...declared, ending }),
    exhaustive: () => finish(declared),
    ...finish(declared),
  }
}

function finish(declared: Declarations): FinishedRouter {
  let compiled: CompiledRouter | undefined
  const compile = (): CompiledRouter => {
    compiled ??= compileRouter(declared)
    return compiled
  }
  return {
    handler: () => createHandler(compile()),
    declarations: declared,
    process: async (event, context) => processBatch(compile(), event, context),
  }
}

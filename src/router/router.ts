import type { JsonObject } from '../firehose/decode.ts'
import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import type { Matched, Matcher, Unmatched } from '../match/matcher.ts'
import type { MaybePromise } from '../promise.ts'
import type { StandardSchema } from '../standard-schema.ts'
import type { Table } from '../table/table.ts'
import { type BatchResult, runBatch } from './batch.ts'
import { compileRouter } from './compile-router.ts'
import { createHandler, type FirehoseHandler } from './handler.ts'
import type { CompiledRouter, ContextDefinition, RouteDefinition, RouterDefinition } from './model.ts'
import type { AnyRouterOptions, DecodeOption, RouterOptions } from './options.ts'
import type { Disposition, NoExtraColumns, OperationOf, Route, RowFor } from './route.ts'

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
  /** The router as it was written: exports such as `toJq` read it. */
  readonly definition: RouterDefinition
  /** Runs one invocation and returns the outcome of every record, for tests. */
  runBatch(invocation: FirehoseTransformationEvent, context?: unknown): Promise<BatchResult>
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
  /** Adds a route: the events that the matcher accepts go to a table, or are dropped or failed. The first match wins. */
  on<
    const M extends Matcher<Event>,
    const T extends Table,
    Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
    S extends StandardSchema | undefined = undefined,
    Op extends OperationOf<T> = 'insert',
    const Other extends Table = never,
  >(
    matcher: M,
    route: Route<Matched<Event, M>, T, S, Op & Operation, Row, Other, Context, Several> | Disposition,
  ): IcebergRouter<Event, Unmatched<Remaining, M>, Context, Several>

  /**
   * Loads what transforms need, once for each invocation. It gets the decoded events of all records whose route has a
   * table; without such records it is not called. Declare it before the routes that use it: the result is the third
   * parameter of their transforms.
   */
  batchContext<Loaded>(
    load: (events: readonly Event[]) => MaybePromise<Loaded>,
    options?: ContextOptions,
  ): IcebergRouter<Event, Remaining, Loaded, Several>

  /** What happens to events without a route: `'fail'` (the default), `'drop'`, or a route for them. */
  otherwise<
    const T extends Table,
    Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
    S extends StandardSchema | undefined = undefined,
    Op extends OperationOf<T> = 'insert',
    const Other extends Table = never,
  >(route: Route<Event, T, S, Op & Operation, Row, Other, Context, Several> | Disposition): FinishedRouter

  /**
   * Completes the router. Compiles only if every member of the event's union has a route. An unknown event fails with
   * `NoRoute`.
   */
  readonly exhaustive: [Remaining] extends [never] ? () => FinishedRouter : NotExhaustive<Remaining>
}

/** What happens if `batchContext` fails. */
export interface ContextOptions {
  /** `fail` (the default) fails the records that needed it; `retry` makes the handler reject, and Firehose sends the batch again. */
  readonly onContextFailure?: 'fail' | 'retry'
}

/**
 * Starts a router. `Event` is the type of the events on the stream: with a discriminated union, each transform gets its
 * member. By default it is what `decode` yields, or any JSON object. With a reingestion target, transforms may return several
 * rows.
 */
export function createIcebergRouter<Event = JsonObject>(
  options: RouterOptions & DecodeOption<Event> & Required<Pick<RouterOptions, 'reingest'>>,
): IcebergRouter<Event, Event, undefined, true>
export function createIcebergRouter<Event = JsonObject>(
  options: RouterOptions & DecodeOption<Event>,
): IcebergRouter<Event>
export function createIcebergRouter(options: AnyRouterOptions): unknown {
  return extend({ options, routes: [] })
}

/** The router without its types. */
interface UntypedRouter extends FinishedRouter {
  on(matcher: unknown, route: RouteDefinition['route']): UntypedRouter
  batchContext(load: ContextDefinition['load'], options?: ContextOptions): UntypedRouter
  otherwise(route: RouteDefinition['route']): FinishedRouter
  exhaustive(): FinishedRouter
}

function extend(definition: RouterDefinition): UntypedRouter {
  return {
    on: (matcher, route) => extend({ ...definition, routes: [...definition.routes, { matcher, route }] }),
    batchContext: (load, { onContextFailure = 'fail' } = {}) =>
      extend({ ...definition, context: { load, onContextFailure } }),
    otherwise: (otherwise) => finish({ ...definition, otherwise }),
    exhaustive: () => finish(definition),
    ...finish(definition),
  }
}

function finish(definition: RouterDefinition): FinishedRouter {
  let compiled: CompiledRouter | undefined
  const compile = (): CompiledRouter => {
    compiled ??= compileRouter(definition)
    return compiled
  }
  return {
    handler: () => createHandler(compile()),
    definition,
    runBatch: async (invocation, context) => runBatch(compile(), invocation, context),
  }
}

import type { DeadLetterWriter } from '../dead-letter/writer.ts'
import type { DecodedRecord, JsonObject } from '../firehose/decode.ts'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import type { Dispatch } from '../match/dispatch.ts'
import type { CompiledMatcher } from '../match/matcher.ts'
import type { Failed } from '../outcome/outcome.ts'
import type { PendingRow, RecordOutcome } from '../outcome/pending-row.ts'
import type { Destination, Routing } from '../outcome/routing.ts'
import type { MaybePromise } from '../promise.ts'
import type { OnBatch, OnFailure } from '../report/hooks.ts'
import type { Selection } from '../select/compile-selection.ts'
import type { StandardSchema } from '../standard-schema.ts'
import type { Table } from '../table/table.ts'
import type { ResponseBudget } from './budget.ts'
import type { Deadline } from './deadline.ts'
import type { AnyRouterOptions } from './options.ts'
import type { AnyRoute, Disposition } from './route.ts'
import type { ReingestTarget } from './target.ts'

// The types that the files of this folder share. Nothing here runs, so that whatever runs a router need not import what builds it.

/** A route as the user wrote it. */
export interface RouteDefinition {
  readonly matcher: unknown
  readonly route: AnyRoute | Disposition
}

/** A router as the user wrote it. */
export interface RouterDefinition {
  readonly options: AnyRouterOptions
  readonly routes: readonly RouteDefinition[]
  /** Undefined if the user did not say; such events fail. */
  readonly otherwise?: AnyRoute | Disposition
  readonly context?: ContextDefinition
}

/** What is loaded once per invocation, and what happens if that fails. */
export interface ContextDefinition {
  readonly load: (events: readonly unknown[]) => unknown
  readonly onContextFailure: 'fail' | 'retry'
}

/** A route, ready to run. */
export type CompiledRoute = DispositionRoute | TableRoute

/** A route that drops or fails its events. */
export interface DispositionRoute {
  readonly action: Disposition
  readonly name: string
  readonly matcher: CompiledMatcher
}

/** A route that makes rows. */
export interface TableRoute {
  readonly action: 'deliver'
  readonly name: string
  readonly matcher: CompiledMatcher
  readonly destination: Destination
  /** The routing of its rows, unless the operation depends on the event. */
  readonly routing: Routing | undefined
  /** Every table that its rows may go to. */
  readonly destinations: ReadonlyMap<Table, Destination>
  readonly schema: StandardSchema | undefined
  readonly operation: Operation | ((event: unknown) => unknown)
  readonly transform: Transform
  /** What the transform brings if `select()` made it. */
  readonly select: SelectPart | undefined
  readonly empty: Disposition
  /** What makes several rows of a record; only with a reingestion target. */
  readonly fanout: Fanout | undefined
  /** Updates and deletes may be among several rows. */
  readonly unordered: boolean
}

/** A transform without its types. */
export type Transform = (event: unknown, record: FirehoseRecord, context: unknown) => MaybePromise<unknown>

/** The options of a router with their defaults. */
export interface RouterSettings {
  readonly database: string
  /** Reads the payload of a record. */
  readonly decode: (record: FirehoseRecord) => DecodedRecord
  readonly responseBudgetBytes: number
  readonly reingest: ReingestTarget | undefined
  /** What the reingestion target brings. */
  readonly fanout: Fanout | undefined
  readonly overflow: 'fail' | 'reingest'
  /** Rows of updates and deletes may go back onto the stream. */
  readonly unordered: boolean
  readonly tombstones: 'fail' | 'drop'
  readonly concurrency: number
  readonly deadlineMarginMs: number
  readonly explain: boolean
  readonly onFailure: OnFailure | undefined
  readonly onBatch: readonly OnBatch[]
  /** Called for batches with failures only: by default they are printed. */
  readonly onFailedBatch: readonly OnBatch[]
}

/** A router, ready to run. */
export interface CompiledRouter extends RouterSettings {
  readonly definition: RouterDefinition
  readonly tables: readonly Table[]
  /** The tables of the routes by name: where an envelope may send its row. */
  readonly destinations: ReadonlyMap<string, Destination>
  /** For routes with `select`: from the bytes of a record to its row. */
  readonly fastPath: FastPath | undefined
  readonly dispatch: Dispatch<CompiledRoute>
  readonly otherwise: CompiledRoute
  readonly deadLetter: DeadLetterWriter | undefined
  readonly context: ContextDefinition | undefined
}

/** Takes records to their rows without building events; undefined for records that have to take the plain path. */
export type FastPath = (records: readonly FirehoseRecord[]) => (PendingRow | undefined)[]

/** The router's part of a transform that `select()` made. */
export interface SelectPart {
  readonly selection: Selection
  /** Lists what is wrong with a selection for a table. */
  readonly selectionProblems: (selection: unknown, table: Table, operation?: unknown) => string[]
  /** Builds the fast path of a router; undefined if none of its routes can take it. */
  readonly compileFastPath: (routes: readonly CompiledRoute[], otherwise: CompiledRoute) => FastPath | undefined
}

/** A record whose route makes rows and waits to be run. */
export interface Match {
  readonly status: 'matched'
  readonly route: TableRoute
  /** What the matcher made of the event. */
  readonly value: unknown
  /** The event as it was decoded. */
  readonly event: unknown
  /** What the transform gets: the record as it first arrived. */
  readonly record: FirehoseRecord
  /** For a record out of an envelope: puts its result under the id to answer. */
  readonly wrap?: (result: RecordResult) => FannedOutOutcome
}

/** What a transform returned, not yet checked. */
export interface Transformed {
  readonly status: 'transformed'
  readonly match: Match
  readonly returned: unknown
  readonly operation: Operation
}

/** The result of one record, before the batch is put together. Most records have nothing but an outcome. */
export type RecordResult = RecordOutcome | FannedOutOutcome

/** An outcome that is not everything: the record came out of an envelope, or has extra rows. */
export interface FannedOutOutcome {
  readonly status: 'fanned-out'
  readonly outcome: RecordOutcome
  readonly lineage: Lineage
  readonly extraRows: readonly ExtraRow[]
}

/** A row that cannot be in the answer, because an answer holds one. */
export interface ExtraRow {
  readonly index: number
  readonly table: string
  readonly operation: Operation
  /** One JSON object, as its table's encoder wrote it. */
  readonly row: string
}

/** Where a record comes from: what its envelope has to carry when the record, or a row of it, goes back onto the stream. */
export type Lineage =
  | {
      readonly kind: 'record'
      readonly hops: number
      /** The record as it first arrived: its id, arrival time and payload. */
      readonly record: FirehoseRecord
    }
  | { readonly kind: 'row'; readonly hops: number; readonly originId: string; readonly index: number }

/** One invocation while it runs: its records, the outcome of each so far, and the response. */
export interface BatchState {
  readonly router: CompiledRouter
  readonly invocation: FirehoseTransformationEvent
  readonly records: readonly FirehoseRecord[]
  readonly deadline: Deadline
  /** One for each record, in their order. */
  readonly outcomes: RecordOutcome[]
  /** By index, for the few records that have more than an outcome. */
  readonly fannedOut: ReadonlyMap<number, FannedOutOutcome>
  readonly response: ResponseBudget
}

/** Rows that did not fit into the response, and how to answer the records they belong to. */
export interface Overflow {
  /** The indices of the rows, in order. */
  readonly indices: readonly number[]
  /** Fails a record because its row did not fit. */
  readonly fail: (index: number) => void
  /** Gives a record another outcome, and answers it accordingly. */
  readonly replaceOutcome: (index: number, outcome: RecordOutcome) => void
}

/** The port to reingestion: everything about envelopes and several rows of one record. A reingestion target brings it. */
export interface Fanout {
  /** Takes a record that is an envelope as far as its row, or its route. */
  readonly openEnvelope: (router: CompiledRouter, envelope: EnvelopeToOpen) => MaybePromise<RecordResult | Match>
  /** Writes all rows of a record, or none of them. */
  readonly encodeRows: (
    match: Match,
    rows: readonly unknown[],
    encode: (row: unknown) => PendingRow | Failed,
  ) => RecordResult
  /** Puts back what the response could not take. Returns a promise only if something is put back. */
  readonly reingestOverflow: (batch: BatchState, overflow: Overflow) => Promise<void> | undefined
}

/** A record that is an envelope, and what to do with a whole record out of it. */
export interface EnvelopeToOpen {
  readonly record: FirehoseRecord
  readonly content: JsonObject
  /** Goes on with a record that was put back whole and has been decoded again. */
  readonly matchDecoded: (decoded: DecodedRecord, record: FirehoseRecord) => MaybePromise<RecordResult | Match>
}

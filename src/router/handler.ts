import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import type { FirehoseTransformationResponse } from '../firehose/response.ts'
import type { Table } from '../table/table.ts'
import { type BatchResult, runBatch, runInvocation } from './batch.ts'
import type { CompiledRouter, RouterDefinition } from './model.ts'

/** The transformation Lambda of a Firehose stream. */
export interface FirehoseHandler {
  /** The context is Lambda's: its `getRemainingTimeInMillis` limits how long records may take. */
  (invocation: FirehoseTransformationEvent, context?: unknown): Promise<FirehoseTransformationResponse>
  /** The database of all tables. */
  readonly database: string
  /** The tables that rows go to, for a local Firehose or a script that creates tables. */
  readonly tables: readonly Table[]
  /** The router as it was written: exports such as `toJq` read it. */
  readonly definition: RouterDefinition
  /** Runs one invocation as the handler does, and returns the outcome of every record: for tests and tools. */
  readonly runBatch: (invocation: FirehoseTransformationEvent, context?: unknown) => Promise<BatchResult>
}

/** Wraps a router for Lambda. */
export function createHandler(router: CompiledRouter): FirehoseHandler {
  // Asynchronous even if no route is: Lambda's Node runtime ignores what a handler returns unless it is a promise.
  const handler = async (
    invocation: FirehoseTransformationEvent,
    context?: unknown,
  ): Promise<FirehoseTransformationResponse> => {
    const { response } = await runInvocation(router, invocation, context)
    return response
  }
  const { database, tables, definition } = router
  return Object.assign(handler, {
    database,
    tables,
    definition,
    runBatch: async (invocation: FirehoseTransformationEvent, context?: unknown) =>
      runBatch(router, invocation, context),
  })
}

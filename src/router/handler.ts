import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import type { FirehoseTransformationResponse } from '../firehose/response.ts'
import type { Table } from '../table/table.ts'
import { type BatchResult, processBatch, runBatch } from './batch.ts'
import type { CompiledRouter, Declarations } from './compile.ts'

/** The transformation Lambda of a Firehose stream. */
export interface FirehoseHandler {
  /** The context is Lambda's; its `getRemainingTimeInMillis` says how long records may be waited for. */
  (event: FirehoseTransformationEvent, context?: unknown): Promise<FirehoseTransformationResponse>
  /** The database of all tables. */
  readonly database: string
  /** The tables that rows go to: what a local Firehose, or a script that creates tables, has to know. */
  readonly tables: readonly Table[]
  /** What was declared, as it was: what exports such as `toJq` read. */
  readonly declarations: Declarations
  /** As the handler, but tells what became of every record: for tests, and to explain why a record failed. */
  readonly process: (event: FirehoseTransformationEvent, context?: unknown) => Promise<BatchResult>
}

/** Wraps a router for Lambda. */
export function createHandler(router: CompiledRouter): FirehoseHandler {
  const process: FirehoseHandler['process'] = async (event, context) => processBatch(router, event, context)
  // Asynchronous even where no route is: Lambda's Node runtime ignores what a handler returns unless it is a promise.
  const handler = async (
    event: FirehoseTransformationEvent,
    context?: unknown,
  ): Promise<FirehoseTransformationResponse> => {
    const { response } = await runBatch(router, event, context)
    return response
  }
  const { database, tables, declarations } = router
  return Object.assign(handler, { database, tables, declarations, process })
}

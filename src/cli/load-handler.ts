import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { IcebergRouterError } from '../error.ts'
import { isDatabaseName } from '../firehose/names.ts'
import type { CatalogTable, TransformationHandler } from '../local/index.ts'
import type { FirehoseHandler } from '../router/router.ts'
import type { Table } from '../table/table.ts'

/** A handler and the tables it delivers to. */
export interface LoadedHandler {
  readonly handler: TransformationHandler
  /** The same function where a router made it: it can explain its failures. */
  readonly router: FirehoseHandler | undefined
  readonly tables: readonly CatalogTable[]
}

/** Where a handler is, and for one that no router made, where its tables are. */
export interface HandlerOptions {
  /** A module that exports `handler` (or a function as default). */
  readonly handler: string
  /** A module that exports tables. */
  readonly tables?: string | undefined
  readonly database?: string | undefined
}

/**
 * Loads the module of a handler.
 *
 * @throws IcebergRouterError `InvalidHandler` where the module does not load, has no handler, or its tables are not known
 */
export async function loadHandler(options: HandlerOptions): Promise<LoadedHandler> {
  const module = await load(options.handler)
  const handler = module['handler'] ?? module['default']
  if (typeof handler !== 'function') {
    const names = Object.keys(module).join(', ') || 'nothing'
    throw invalid(`${options.handler} exports no function named handler; it exports ${names}`)
  }
  const router = isRouterHandler(handler) ? handler : undefined
  return { handler: handler as TransformationHandler, router, tables: await tablesOf(options, router) }
}

async function tablesOf(options: HandlerOptions, router: FirehoseHandler | undefined): Promise<CatalogTable[]> {
  if (options.tables === undefined) {
    if (router !== undefined) return router.tables.map((table) => ({ database: router.database, table }))
    throw invalid(
      `${options.handler}: the handler does not come from router.handler(), so name its tables with --tables and --database`,
    )
  }
  const database = options.database ?? router?.database
  if (!isDatabaseName(database))
    throw invalid('--tables needs --database, in lower-case letters, digits and underscores')
  const tables = Object.values(await load(options.tables)).filter(isTable)
  if (tables.length === 0) throw invalid(`${options.tables} exports no tables: expected what defineTable() returns`)
  return tables.map((table) => ({ database, table }))
}

async function load(path: string): Promise<{ readonly [name: string]: unknown }> {
  try {
    const module = await import(pathToFileURL(resolve(path)).href)
    // A CommonJS module's exports stand under `default` where Node could not name them.
    return { ...(typeof module.default === 'object' ? module.default : {}), ...module }
  } catch (cause) {
    throw invalid(`${path} does not load${hint(cause)}`, cause)
  }
}

function hint(cause: unknown): string {
  const code = (cause as { readonly code?: unknown } | null)?.code
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return ': expected a JavaScript module (this Node cannot run TypeScript; build it first, and name the built file)'
  }
  return code === 'ERR_MODULE_NOT_FOUND' ? ': there is no such module, or one that it imports is missing' : ''
}

function isRouterHandler(handler: unknown): handler is FirehoseHandler {
  const { tables, process } = handler as Partial<FirehoseHandler>
  return Array.isArray(tables) && typeof process === 'function'
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'table'
}

function invalid(message: string, cause?: unknown): IcebergRouterError {
  return new IcebergRouterError('InvalidHandler', message, { cause })
}

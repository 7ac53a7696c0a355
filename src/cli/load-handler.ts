import { isDatabaseName } from '../firehose/names.ts'
import type { CatalogTable, TransformationHandler } from '../local/index.ts'
import type { FirehoseHandler } from '../router/router.ts'
import { invalidModule, isRouterHandler, isTable, loadModule } from './load-module.ts'

/** A handler and the tables it delivers to. */
export interface LoadedHandler {
  readonly handler: TransformationHandler
  /** The same function if a router made it; it can explain its failures. */
  readonly router: FirehoseHandler | undefined
  readonly tables: readonly CatalogTable[]
}

/** Where to find the handler, and its tables if it was not made by a router. */
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
 * @throws IcebergRouterError `InvalidHandler` if the module does not load, has no handler, or its tables are not known
 */
export async function loadHandler(options: HandlerOptions): Promise<LoadedHandler> {
  const module = await loadModule(options.handler)
  const handler = module['handler'] ?? module['default']
  if (typeof handler !== 'function') {
    const names = Object.keys(module).join(', ') || 'nothing'
    throw invalidModule(`${options.handler} exports no function named handler; it exports ${names}`)
  }
  const router = isRouterHandler(handler) ? handler : undefined
  return { handler: handler as TransformationHandler, router, tables: await tablesOf(options, router) }
}

async function tablesOf(options: HandlerOptions, router: FirehoseHandler | undefined): Promise<CatalogTable[]> {
  if (options.tables === undefined) {
    if (router !== undefined) return router.tables.map((table) => ({ database: router.database, table }))
    throw invalidModule(
      `${options.handler}: the handler does not come from router.handler(), so name its tables with --tables and --database`,
    )
  }
  const database = options.database ?? router?.database
  if (!isDatabaseName(database))
    throw invalidModule('--tables needs --database, in lower-case letters, digits and underscores')
  const tables = Object.values(await loadModule(options.tables)).filter(isTable)
  if (tables.length === 0)
    throw invalidModule(`${options.tables} exports no tables: expected what defineTable() returns`)
  return tables.map((table) => ({ database, table }))
}

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { IcebergRouterError } from '../error.ts'
import type { FirehoseHandler } from '../router/router.ts'
import type { Table } from '../table/table.ts'

/**
 * Loads a module of the user's and gives what it exports, by name.
 *
 * @throws IcebergRouterError `InvalidHandler` where it does not load
 */
export async function loadModule(path: string): Promise<{ readonly [name: string]: unknown }> {
  try {
    const module = await import(pathToFileURL(resolve(path)).href)
    // A CommonJS module's exports stand under `default` where Node could not name them.
    return { ...(typeof module.default === 'object' ? module.default : {}), ...module }
  } catch (cause) {
    throw invalidModule(`${path} does not load${hint(cause)}`, cause)
  }
}

function hint(cause: unknown): string {
  const code = (cause as { readonly code?: unknown } | null)?.code
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return ': expected a JavaScript module (this Node cannot run TypeScript; build it first, and name the built file)'
  }
  return code === 'ERR_MODULE_NOT_FOUND' ? ': there is no such module, or one that it imports is missing' : ''
}

/** Tells whether a value is what `router.handler()` returns. */
export function isRouterHandler(handler: unknown): handler is FirehoseHandler {
  const { tables, process } = handler as Partial<FirehoseHandler>
  return Array.isArray(tables) && typeof process === 'function'
}

/** Tells whether a value is what `defineTable()` returns. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'table'
}

/** The error of a module that cannot be used. */
export function invalidModule(message: string, cause?: unknown): IcebergRouterError {
  return new IcebergRouterError('InvalidHandler', message, { cause })
}

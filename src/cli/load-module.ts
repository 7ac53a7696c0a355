import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { IcebergRouterError } from '../error.ts'
import type { FirehoseHandler } from '../router/router.ts'
import { tableProblems } from '../table/problems.ts'
import type { Table } from '../table/table.ts'
import { moduleFormatHint } from './module-format.ts'
import { isTypeScript, loadThroughTsx, needsCompiler, prepareTypeScript, typeScriptHint } from './typescript.ts'

/**
 * Loads a user's module, and returns its exports by name.
 *
 * @throws IcebergRouterError `InvalidHandler` if it does not load
 */
export async function loadModule(path: string): Promise<{ readonly [name: string]: unknown }> {
  try {
    const module = await importModule(path)
    // A CommonJS module's exports are under `default` if Node could not name them.
    return { ...readable(module['default']), ...module }
  } catch (cause) {
    throw invalidModule(`${path} does not load${hint(cause)}`, cause)
  }
}

async function importModule(path: string): Promise<{ readonly [name: string]: unknown }> {
  const { href } = pathToFileURL(resolve(path))
  if (!isTypeScript(path)) return import(href)
  prepareTypeScript()
  try {
    return await import(href)
  } catch (error) {
    const module = needsCompiler(error) ? await loadThroughTsx(path) : undefined
    if (module === undefined) throw error
    return module
  }
}

function hint(cause: unknown): string {
  if (needsCompiler(cause)) return typeScriptHint(cause)
  const format = moduleFormatHint(cause)
  if (format !== undefined) return `: ${format}`
  const code = (cause as { readonly code?: unknown } | null)?.code
  return code === 'ERR_MODULE_NOT_FOUND' ? ': there is no such module, or one that it imports is missing' : ''
}

/** Returns the members of an object whose getters do not throw. */
function readable(value: unknown): { readonly [name: string]: unknown } {
  const members: { [name: string]: unknown } = {}
  if (typeof value !== 'object' || value === null) return members
  for (const name of orElse([], () => Object.keys(value))) {
    orElse(undefined, () => {
      members[name] = value[name as keyof typeof value]
    })
  }
  return members
}

/** Checks whether a value is what `router.handler()` returns; false if it cannot be read. */
export function isRouterHandler(handler: unknown): handler is FirehoseHandler {
  return orElse(false, () => {
    const { tables, database, runBatch } = handler as Partial<FirehoseHandler>
    const isRouted = Array.isArray(tables) && typeof database === 'string' && typeof runBatch === 'function'
    return isRouted && tables.every(isTable)
  })
}

/** Checks whether a value is what `defineTable()` returns, not just an object of the kind `table`; false if it cannot be read. */
export function isTable(value: unknown): value is Table {
  return orElse(false, () => {
    const { kind, name, columns, uniqueKeys, partitionBy, unknownColumns } = value as Partial<Table>
    if (kind !== 'table' || !Array.isArray(uniqueKeys) || !Array.isArray(partitionBy)) return false
    return tableProblems({ name, columns, uniqueKeys, partitionBy, unknownColumns }).length === 0
  })
}

/** Reads a user's object, and returns another value if that throws. */
function orElse<Result>(otherwise: Result, read: () => Result): Result {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Makes the error of a module that cannot be used. */
export function invalidModule(message: string, cause?: unknown): IcebergRouterError {
  return new IcebergRouterError('InvalidHandler', message, { cause })
}

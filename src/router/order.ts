import type { CompiledRoute } from './model.ts'
import type { RouterOptions } from './options.ts'

/**
 * Lists the routes that update or delete although rows may go back onto the stream: such a row comes later than newer ones
 * of its key, so that the older one wins.
 */
export function orderProblems(options: RouterOptions, routes: readonly CompiledRoute[]): string[] {
  const { reingest, overflow, unordered } = options
  const toTables = routes.filter((route) => route.action === 'deliver')
  // A selection makes one row, a function may make several, of which all but the first go back.
  const mayComeLater = overflow === 'reingest' || toTables.some(({ select }) => select === undefined)
  if (reingest === undefined || unordered === true || !mayComeLater) return []
  return toTables
    .filter(({ operation }) => operation !== 'insert')
    .map(({ name, operation }) => {
      const what = typeof operation === 'string' ? operation : 'a computed operation'
      return `route ${name}: expected insert, got ${what}: a row that goes back onto the stream may reach its table after a newer row of its key; leave out reingest, or allow it with unordered: true`
    })
}

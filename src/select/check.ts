import { isObject, ofType, oneOf, optional, quote, type Rule, type Rules, ruleProblems } from '../options.ts'
import type { Table } from '../table/table.ts'

const TEXT: Rule = ofType('string')
const FLAG: Rule = optional(ofType('boolean'))
const SCALAR: Rule = [isScalar, 'a text, number, boolean or null']
/** Sources inside a source are checked by themselves, so that a problem is told with its place. */
const INNER: Rule = [() => true, '']

/** One line a kind of source: the settings it has. */
const KINDS: { readonly [kind: string]: Rules } = {
  path: { keys: [isKeys, 'one or more keys that are not empty'] },
  constant: { value: SCALAR },
  first: { sources: [(value) => Array.isArray(value) && value.length > 0, 'at least one source'] },
  default: { source: INNER, value: [(value) => value !== null && isScalar(value), 'a text, number or boolean'] },
  json: { source: INNER },
  join: { source: INNER, separator: TEXT },
  element: { source: INNER, key: TEXT, equals: TEXT, take: TEXT, ignoreCase: FLAG, last: FLAG },
  metadata: { name: oneOf('arrivalTime', 'recordId', 'partitionKey') },
}

/**
 * Lists what is wrong with a selection: columns that the table does not have, columns without a source, and sources that
 * are not complete.
 *
 * @param operation of its rows; a `delete` needs only the key and partition columns
 */
export function selectionProblems(selection: unknown, table: Table, operation: unknown = 'insert'): string[] {
  const { name: tableName, columns, uniqueKeys, partitionBy } = table
  if (!isObject(selection) || Array.isArray(selection)) {
    return [`select: expected an object of columns and their sources, got ${quote(selection)}`]
  }
  const locating = new Set([...uniqueKeys, ...partitionBy.map(({ column }) => column)])
  const isNeeded = (name: string): boolean =>
    columns[name]?.default === undefined && (operation !== 'delete' || locating.has(name))
  const problems: string[] = []
  for (const name of Object.keys({ ...columns, ...selection })) {
    const where = `select.${name}`
    if (!Object.hasOwn(columns, name)) problems.push(`${where}: the table ${tableName} has no such column`)
    else if (Object.hasOwn(selection, name)) problems.push(...sourceProblems(selection[name], where))
    else if (isNeeded(name))
      problems.push(`${where}: has no source; every column needs one, constant(null) where it is to stay empty`)
  }
  return problems
}

function sourceProblems(source: unknown, where: string): string[] {
  if (typeof source === 'string') {
    const isComplete = !`.${source}.`.includes('..')
    return isComplete ? [] : [`${where}: expected a path like mail.messageId, with no key left out`]
  }
  const { kind, ...settings } = isObject(source) ? source : {}
  const rules = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (rules === undefined) {
    return [`${where}: expected a path or a source such as firstOf() makes, got ${quote(source)}`]
  }
  const problems = ruleProblems(settings, rules).map((problem) => `${where}, ${kind}: ${problem}`)
  const inner = 'source' in rules ? [settings['source']] : settings['sources']
  if (!Array.isArray(inner)) return problems
  return [...problems, ...inner.flatMap((one, at) => sourceProblems(one, `${where}, source ${at + 1} of ${kind}`))]
}

function isKeys(keys: unknown): boolean {
  return Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string' && key !== '')
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

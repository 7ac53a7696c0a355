import { isObject, ofType, oneOf, optional, quote, type Rule, type Rules, ruleProblems } from '../options.ts'
import type { Table } from '../table/table.ts'

const STRING: Rule = ofType('string')
const FLAG: Rule = optional(ofType('boolean'))
const SCALAR: Rule = [isScalar, 'a string, number, boolean or null']
/** Sources inside a source are checked separately, so that a problem is reported with its place. */
const INNER: Rule = [() => true, '']

/** The settings of each kind of source. */
const KINDS: { readonly [kind: string]: Rules } = {
  path: { keys: [isKeys, 'one or more non-empty keys'] },
  constant: { value: SCALAR },
  first: { sources: [(value) => Array.isArray(value) && value.length > 0, 'at least one source'] },
  default: { source: INNER, value: [(value) => value !== null && isScalar(value), 'a string, number or boolean'] },
  json: { source: INNER },
  join: { source: INNER, separator: STRING },
  element: { source: INNER, key: STRING, equals: STRING, take: STRING, ignoreCase: FLAG, last: FLAG },
  epoch: { source: INNER, unit: oneOf('seconds', 'millis', 'micros', 'days') },
  metadata: { name: oneOf('arrivalTime', 'recordId', 'partitionKey') },
}

/**
 * Lists what is wrong with a selection: unknown columns, columns without a source, and invalid sources.
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
  // A column that seems to be missing may be one that is misspelt: then no advice to leave it empty.
  const isKnown = Object.keys(selection).every((name) => Object.hasOwn(columns, name))
  for (const name of Object.keys({ ...columns, ...selection })) {
    const where = `select.${name}`
    if (!Object.hasOwn(columns, name)) problems.push(`${where}: the table ${tableName} has no such column`)
    else if (Object.hasOwn(selection, name))
      problems.push(...sourceProblems(selection[name], where, columns[name]?.type.name))
    else if (isNeeded(name)) {
      const advice = isKnown && columns[name]?.nullable === true ? '; s.constant(null) leaves it empty' : ''
      problems.push(`${where}: expected a source, got nothing${advice}`)
    }
  }
  return problems
}

/** @param typeName the column's type; undefined inside a source that does not pass its value on */
function sourceProblems(source: unknown, where: string, typeName?: string): string[] {
  if (typeof source === 'string') {
    const isComplete = !`.${source}.`.includes('..')
    return isComplete ? [] : [`${where}: expected a path like mail.messageId, got one with an empty key`]
  }
  const { kind, ...settings } = isObject(source) ? source : {}
  const rules = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (rules === undefined) {
    return [`${where}: expected a path or a source like s.firstOf('a', 'b'), got ${quote(source)}`]
  }
  const problems = ruleProblems(settings, rules).map((problem) => `${where}, ${kind}: ${problem}`)
  if (kind === 'epoch' && problems.length === 0 && !takesEpoch(typeName, settings['unit'])) {
    const unit = quote(settings['unit'])
    problems.push(`${where}, epoch: expected a ${unit === '"days"' ? 'date' : 'timestamp'} column for ${unit}`)
  }
  const isPassedOn = kind === 'first' || kind === 'default'
  const inner = 'source' in rules ? [settings['source']] : settings['sources']
  if (!Array.isArray(inner)) return problems
  return [
    ...problems,
    ...inner.flatMap((one, at) =>
      sourceProblems(one, `${where}, source ${at + 1} of ${kind}`, isPassedOn ? typeName : undefined),
    ),
  ]
}

function takesEpoch(typeName: string | undefined, unit: unknown): boolean {
  return unit === 'days' ? typeName === 'date' : typeName === 'timestamp' || typeName === 'timestamptz'
}

function isKeys(keys: unknown): boolean {
  return Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string' && key !== '')
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

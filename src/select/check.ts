import type { Table } from '../table/table.ts'

/** One line a kind of source: the settings it has, and what is wrong with them. */
const KINDS: { readonly [kind: string]: (source: Settings, where: string) => string[] } = {
  path: ({ keys }, where) => (isKeys(keys) ? [] : [`${where}: path() expects one or more keys that are not empty`]),
  constant: ({ value }, where) =>
    isScalar(value) ? [] : [`${where}: constant() expects a text, number, boolean or null`],
  first: ({ sources }, where) =>
    Array.isArray(sources) && sources.length > 0
      ? sources.flatMap((source, index) => sourceProblems(source, `${where}, source ${index + 1}`))
      : [`${where}: firstOf() expects at least one source`],
  default: ({ source, value }, where) => [
    ...sourceProblems(source, where),
    ...(isScalar(value) && value !== null ? [] : [`${where}: orElse() expects a text, number or boolean to stand in`]),
  ],
  json: ({ source }, where) => sourceProblems(source, where),
  join: ({ source, separator }, where) => [
    ...sourceProblems(source, where),
    ...(typeof separator === 'string' ? [] : [`${where}: joined() expects a text as separator`]),
  ],
  element: elementProblems,
  metadata: ({ name }, where) =>
    METADATA.includes(name) ? [] : [`${where}: metadata() knows arrivalTime, recordId and partitionKey`],
}

type Settings = { readonly [setting: string]: unknown }

const METADATA: readonly unknown[] = ['arrivalTime', 'recordId', 'partitionKey']

/** What is wrong with a selection: columns that the table has not, or that have no source, and sources that say nothing. */
export function selectionProblems(selection: unknown, table: Table): string[] {
  if (typeof selection !== 'object' || selection === null || Array.isArray(selection)) {
    return [`select: expected an object of columns and their sources, got ${typeof selection}`]
  }
  const missing = Object.entries(table.columns).flatMap(([name, column]) => {
    if (Object.hasOwn(selection, name) || column.default !== undefined) return []
    return [`select.${name}: has no source; every column needs one, constant(null) where it is to stay empty`]
  })
  const wrong = Object.entries(selection).flatMap(([name, source]) => {
    if (!Object.hasOwn(table.columns, name)) return [`select.${name}: the table ${table.name} has no such column`]
    return sourceProblems(source, `select.${name}`)
  })
  return [...missing, ...wrong]
}

function sourceProblems(source: unknown, where: string): string[] {
  if (typeof source === 'string') {
    return isKeys(source.split('.')) ? [] : [`${where}: expected a path like mail.messageId, with no key left out`]
  }
  const kind = typeof source === 'object' && source !== null ? (source as Settings)['kind'] : undefined
  const check = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (check !== undefined) return check(source as Settings, where)
  return [
    `${where}: expected a path or a source such as firstOf() makes, got ${source === null ? 'null' : typeof source}`,
  ]
}

function elementProblems({ source, key, equals, take, ignoreCase, last }: Settings, where: string): string[] {
  const texts = { key, equals, take }
  const flags = { ignoreCase, last }
  return [
    ...sourceProblems(source, where),
    ...Object.entries(texts).flatMap(([name, text]) =>
      typeof text === 'string' ? [] : [`${where}: element() expects a text as ${name}`],
    ),
    ...Object.entries(flags).flatMap(([name, flag]) =>
      flag === undefined || typeof flag === 'boolean' ? [] : [`${where}: element() expects a boolean as ${name}`],
    ),
  ]
}

function isKeys(keys: unknown): boolean {
  return Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string' && key !== '')
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

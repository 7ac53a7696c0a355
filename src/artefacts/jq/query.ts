import type { Constraint, Literal } from '../../match/pattern.ts'
import type { RouterOptions } from '../../router/options.ts'
import type { Branch } from './branches.ts'

/** The table name of records that fail: AWS documents `Iceberg.InvalidTableName` for it, so they go to the error output. */
const NO_TABLE = ''

/**
 * Prints the query: one JQ object, as AWS shows it, whose values are conditions. It uses only what every implementation of JQ
 * has (`if`, `and`, `or`, `==`, `has`, `type`), and only ASCII.
 */
export function printQuery(branches: readonly Branch[], { database, appendOnly }: RouterOptions): string {
  const tables = branches.map(({ target }) => target?.table ?? NO_TABLE)
  const known = branches.find(({ target }) => target !== undefined)?.target
  // Records that fail need no operation.
  const operations = branches.map(({ target }) => target?.operation ?? known?.operation ?? 'insert')
  const entries = [
    `destinationDatabaseName: ${printLiteral(database)}`,
    `destinationTableName: ${printChoice(branches, tables)}`,
    ...(appendOnly === true ? [] : [`operation: ${printChoice(branches, operations)}`]),
  ]
  return `{${entries.join(', ')}}`
}

/** Prints the choice of the first branch that matches the record. */
function printChoice(branches: readonly Branch[], values: readonly string[]): string {
  const rest = values.at(-1) ?? NO_TABLE
  const lastOther = values.findLastIndex((value) => value !== rest)
  if (lastOther < 0) return printLiteral(rest)
  const cases = branches.slice(0, lastOther + 1).map(({ constraints }, index) => {
    return `if ${constraints.map(printConstraint).join(' and ')} then ${printLiteral(values[index] ?? NO_TABLE)}`
  })
  return `(${cases.join(' el')} else ${printLiteral(rest)} end)`
}

function printConstraint({ path, values }: Pick<Constraint, 'path' | 'values'>): string {
  const [key = '', ...rest] = path
  if (rest.length === 0) return printTests(key, values)
  return `(${printKey(key)} | type == "object" and ${printConstraint({ path: rest, values })})`
}

function printTests(key: string, values: readonly Literal[]): string {
  const tests = values.map((value) => {
    const test = `${printKey(key)} == ${printLiteral(value)}`
    // JQ reads a missing key as null, but the router distinguishes the two.
    return value === null ? `(has(${printLiteral(key)}) and ${test})` : test
  })
  return tests.length === 1 ? tests.join() : `(${tests.join(' or ')})`
}

function printKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `.[${printLiteral(key)}]`
}

/** Prints a JSON literal, which is a JQ literal too: in ASCII, and never with a backslash before a parenthesis, which would begin an interpolation. */
function printLiteral(value: Literal): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

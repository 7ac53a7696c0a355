import { defineTable, double, isIcebergRouterError, json, nullable, string } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'

/** The problems that a declaration is refused with. The types are given up on purpose: JavaScript has none. */
function problemsOf(options: unknown): readonly string[] {
  try {
    defineTable(options as Parameters<typeof defineTable>[0])
  } catch (error) {
    if (isIcebergRouterError(error) && error.code === 'InvalidTable') return error.problems
    throw error
  }
  return []
}

describe('defineTable', () => {
  it('gives a plain object', () => {
    expect(defineTable({ name: 'log', columns: { id: string({ doc: 'the id' }) }, uniqueKeys: ['id'] })).toMatchObject({
      kind: 'table',
      name: 'log',
      columns: { id: { kind: 'column', nullable: false, doc: 'the id', type: { name: 'string' } } },
      uniqueKeys: ['id'],
    })
  })

  it.each<[string, unknown, RegExp]>([
    ['a name with a hyphen', { name: 'send-log', columns: { a: string() } }, /name: expected 1 to 255 lower-case/],
    ['a name in upper case', { name: 'Log', columns: { a: string() } }, /got "Log"/],
    ['no name', { columns: { a: string() } }, /got undefined/],
    ['no columns', { name: 'log', columns: {} }, /at least one/],
    ['columns of the wrong kind', { name: 'log', columns: null }, /columns: expected an object/],
    ['a column name in camel case', { name: 'log', columns: { messageId: string() } }, /columns.messageId/],
    ['a column that is none', { name: 'log', columns: { a: 'string' } }, /expected a column like string/],
    ['__proto__ as a column', { name: 'log', columns: JSON.parse('{"__proto__":1,"a":1}') }, /columns.__proto__/],
    ['an unknown option', { name: 'log', columns: { a: string() }, primaryKey: 'a' }, /unknown option "primaryKey"/],
    ['an unknown key', { name: 'log', columns: { a: string() }, uniqueKeys: ['b'] }, /no column "b"/],
    ['a key twice', { name: 'log', columns: { a: string() }, uniqueKeys: ['a', 'a'] }, /stands there twice/],
    ['a nullable key', { name: 'log', columns: { a: nullable(string()) }, uniqueKeys: ['a'] }, /"a" is nullable/],
    ['a double as key', { name: 'log', columns: { a: double() }, uniqueKeys: ['a'] }, /cannot be compared/],
    ['json as key', { name: 'log', columns: { a: json() }, uniqueKeys: ['a'] }, /cannot be compared/],
    ['nothing', undefined, /expected an object/],
  ])('refuses %s', (_, options, problem) => {
    expect(problemsOf(options).join('\n')).toMatch(problem)
  })

  it('tells all problems at once', () => {
    expect(problemsOf({ name: 'A', columns: { B: string(), c: 1 }, uniqueKeys: ['d'], e: 1 })).toHaveLength(5)
  })
})

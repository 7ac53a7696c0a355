import { type Column, defineTable, isIcebergRouterError, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'

/** Returns the problems of a declaration. Untyped on purpose, like a JavaScript caller. */
function problemsOf(options: unknown): readonly string[] {
  try {
    defineTable(options as Parameters<typeof defineTable>[0])
  } catch (error) {
    if (isIcebergRouterError(error) && error.code === 'InvalidTable') return error.problems
    throw error
  }
  return []
}

/** Nests lists in lists, this many levels deep. */
function nested(levels: number): Column {
  return levels === 0 ? t.int() : t.list(nested(levels - 1))
}

describe('defineTable', () => {
  it('accepts as many levels as Firehose does, and the row is the first', () => {
    expect(problemsOf({ name: 'log', columns: { a: nested(15) } })).toEqual([])
  })

  it('accepts time partitions of two columns, and other partitions of the same column', () => {
    const partitionBy = [t.day('a'), t.hour('b'), t.bucket(4, 'a'), t.identity('a')]
    expect(problemsOf({ name: 'log', columns: { a: t.timestamp(), b: t.timestamp() }, partitionBy })).toEqual([])
  })

  it('returns a plain object', () => {
    expect(
      defineTable({ name: 'log', columns: { id: t.string({ doc: 'the id' }) }, uniqueKeys: ['id'] }),
    ).toMatchObject({
      kind: 'table',
      name: 'log',
      columns: { id: { kind: 'column', nullable: false, doc: 'the id', type: { name: 'string' } } },
      uniqueKeys: ['id'],
    })
  })

  it.each<[string, unknown, RegExp]>([
    ['a name with a hyphen', { name: 'send-log', columns: { a: t.string() } }, /name: expected 1 to 255 lower-case/],
    ['a name in upper case', { name: 'Log', columns: { a: t.string() } }, /got "Log"/],
    ['no name', { columns: { a: t.string() } }, /got undefined/],
    ['no columns', { name: 'log', columns: {} }, /at least one/],
    ['columns of the wrong kind', { name: 'log', columns: null }, /columns: expected an object/],
    ['a column name in camel case', { name: 'log', columns: { messageId: t.string() } }, /columns.messageId/],
    ['a string as a column', { name: 'log', columns: { a: 'string' } }, /expected a column like t\.string/],
    ['__proto__ as a column', { name: 'log', columns: JSON.parse('{"__proto__":1,"a":1}') }, /columns.__proto__/],
    ['an unknown option', { name: 'log', columns: { a: t.string() }, primaryKey: 'a' }, /unknown option "primaryKey"/],
    ['an unknown key', { name: 'log', columns: { a: t.string() }, uniqueKeys: ['b'] }, /"b" is not a column/],
    ['a key twice', { name: 'log', columns: { a: t.string() }, uniqueKeys: ['a', 'a'] }, /appears twice/],
    ['a nullable key', { name: 'log', columns: { a: t.nullable(t.string()) }, uniqueKeys: ['a'] }, /"a" is nullable/],
    ['a double as key', { name: 'log', columns: { a: t.double() }, uniqueKeys: ['a'] }, /cannot be compared/],
    ['json as key', { name: 'log', columns: { a: t.json() }, uniqueKeys: ['a'] }, /cannot be compared/],
    ['a list as key', { name: 'log', columns: { a: t.list(t.int()) }, uniqueKeys: ['a'] }, /"a" is list/],
    [
      'a key that is also a field',
      { name: 'log', columns: { a: t.int(), s: t.struct({ a: t.int() }) }, uniqueKeys: ['a'] },
      /"a" is also a field of the struct columns.s; .* unique/,
    ],
    [
      'a precision of 39',
      { name: 'log', columns: { a: t.decimal(39, 0) } },
      /columns.a: decimal: expected a precision/,
    ],
    [
      'a scale beyond the precision',
      { name: 'log', columns: { a: t.list(t.decimal(3, 4)) } },
      /columns.a.element: decimal/,
    ],
    ['no length', { name: 'log', columns: { a: t.fixed(0) } }, /columns.a: fixed: expected a length/],
    [
      'a nullable key of a map',
      { name: 'log', columns: { a: t.map(t.nullable(t.string()), t.int()) } },
      /a key may not be nullable/,
    ],
    [
      'a map as key of a map',
      { name: 'log', columns: { a: t.map(t.map(t.string(), t.int()), t.int()) } },
      /may not be a map/,
    ],
    [
      'a struct without fields',
      { name: 'log', columns: { a: t.struct({}) } },
      /columns.a: expected an object with at least one column/,
    ],
    ['a field in camel case', { name: 'log', columns: { a: t.struct({ userId: t.int() }) } }, /columns.a.userId/],
    ['17 levels', { name: 'log', columns: { a: nested(16) } }, /16 levels/],
    [
      'a field id twice',
      { name: 'log', columns: { a: t.int({ id: 2 }), b: t.list(t.int({ id: 2 })) } },
      /columns.b.element: field id 2 appears twice/,
    ],
    [
      'an unknown option of a column',
      { name: 'log', columns: { a: t.string({ doc: '', comment: '' } as object) } },
      /columns.a: unknown option "comment"/,
    ],
    [
      'a number as a comment',
      { name: 'log', columns: { a: t.string({ doc: 1 } as object) } },
      /doc: expected a string/,
    ],
    ['a field id of 0', { name: 'log', columns: { a: t.int({ id: 0 }) } }, /columns.a: id: expected/],
    [
      'a default that does not fit',
      { name: 'log', columns: { a: t.int({ default: 0.5 }) } },
      /columns.a: default: expected a whole/,
    ],
    ['a partition of no column', { name: 'log', columns: { a: t.int() }, partitionBy: [t.day('b')] }, /no column "b"/],
    [
      'the day of a number',
      { name: 'log', columns: { a: t.int() }, partitionBy: [t.day('a')] },
      /day of "a" is not possible/,
    ],
    ['the hour of a date', { name: 'log', columns: { a: t.date() }, partitionBy: [t.hour('a')] }, /hour of "a"/],
    [
      'the bucket of a double',
      { name: 'log', columns: { a: t.double() }, partitionBy: [t.bucket(4, 'a')] },
      /bucket of "a"/,
    ],
    ['no buckets', { name: 'log', columns: { a: t.int() }, partitionBy: [t.bucket(0, 'a')] }, /number of buckets/],
    ['no width', { name: 'log', columns: { a: t.int() }, partitionBy: [t.truncate(1.5, 'a')] }, /a width from 1/],
    [
      'a partition twice',
      { name: 'log', columns: { a: t.timestamp() }, partitionBy: [t.day('a'), t.day('a')] },
      /"a_day" appears twice/,
    ],
    [
      'the day and the hour of a column',
      { name: 'log', columns: { a: t.timestamp() }, partitionBy: [t.day('a'), t.bucket(4, 'a'), t.hour('a')] },
      /^partitionBy: day and hour of "a" cannot be combined; use only one of year, month, day, hour$/,
    ],
    [
      'a partition that is a column',
      { name: 'log', columns: { a: t.timestamp(), a_day: t.int() }, partitionBy: [t.day('a')] },
      /also the name of a column/,
    ],
    [
      'partitions of the wrong kind',
      { name: 'log', columns: { a: t.int() }, partitionBy: ['a', null, t.identity('a')] },
      /^partitionBy: expected partitions like .*\npartitionBy: expected partitions like .*$/,
    ],
    [
      'partitions that are not a list',
      { name: 'log', columns: { a: t.int() }, partitionBy: t.identity('a') },
      /expected a list/,
    ],
    [
      'an unknown value of unknownColumns',
      { name: 'log', columns: { a: t.int() }, unknownColumns: 'keep' },
      /"refuse" or "strip"/,
    ],
    ['nothing', undefined, /expected an object/],
  ])('reports %s', (_, options, problem) => {
    expect(problemsOf(options).join('\n')).toMatch(problem)
  })

  it.each<[string, Column, string]>([
    ['binary', t.binary({ as: 'utf9' as 'hex' }), 'a: as: expected "base64" or "hex", got "utf9"'],
    ['binary', t.binary({ as: 'base64url' as 'hex' }), 'a: as: expected "base64" or "hex", got "base64url"'],
    ['fixed', t.fixed(2, { as: 'HEX' as 'hex' }), 'a: as: expected "base64" or "hex", got "HEX"'],
    ['time', t.time({ as: null as unknown as 'iso' }), 'a: as: expected "micros" or "iso", got null'],
    ['timestamp', t.timestamp({ as: 'ISO' as 'iso' }), 'a: as: expected "micros" or "iso", got "ISO"'],
    ['timestamptz', t.nullable(t.timestamptz({ as: 1 as never })), 'a: as: expected "micros" or "iso", got 1'],
    ['string', t.string({ as: 'hex' } as object), 'a: unknown option "as"; there are doc, default, id'],
    ['list', t.list(t.timestamp({ as: 'ISO' as 'iso' })), 'a.element: as: expected "micros" or "iso", got "ISO"'],
    [
      'map',
      t.map(t.string(), t.int({ as: 'hex' } as object)),
      'a.value: unknown option "as"; there are doc, default, id',
    ],
    [
      'struct',
      t.struct({ b: t.binary({ as: 'utf9' as 'hex', default: new Uint8Array(1) }) }),
      'a.b: as: expected "base64" or "hex", got "utf9"',
    ],
  ])('reports an `as` that a column type does not have: %s', (_, column, problem) => {
    expect(problemsOf({ name: 'log', columns: { a: column } })).toEqual([`columns.${problem}`])
  })

  // In JavaScript, nothing reports the missing parentheses.
  const none = undefined as unknown as Column
  const noParentheses = t.string as unknown as Column
  const noOptions = null as unknown as object
  const NO_COLUMN = 'expected a column like t.string(), got something else'
  const NO_CALL = 'expected a column like t.string(), got a function: add its parentheses, as in t.int()'
  const NO_COLUMNS = 'expected an object with at least one column'
  const NO_OPTIONS = 'expected an object with doc, default, id, got null'

  it.each<[string, Column, string]>([
    ['struct', t.struct({ a: noParentheses }), `c.a: ${NO_CALL}`],
    ['nullable field', t.struct({ a: t.nullable(none) }), `c.a: ${NO_COLUMN}`],
    ['struct in another', t.struct({ a: t.struct({ b: noParentheses }), d: t.int() }), `c.a.b: ${NO_CALL}`],
    ['struct of nothing', t.struct(none as never), `c: ${NO_COLUMNS}`],
    ['struct of a string', t.struct('text' as never), `c: ${NO_COLUMNS}`],
    ['struct of a list', t.struct([t.int()] as never), `c: ${NO_COLUMNS}`],
    ['key', t.map(none, t.string()), `c.key: ${NO_COLUMN}`],
    ['key in a list', t.list(t.map(noParentheses, t.string())), `c.element.key: ${NO_CALL}`],
    ['value', t.map(t.int(), noParentheses), `c.value: ${NO_CALL}`],
    ['element', t.list(none), `c.element: ${NO_COLUMN}`],
    ['string', t.string(noOptions), `c: ${NO_OPTIONS}`],
    ['string with a string as options', t.string('doc' as never), `c: ${NO_OPTIONS.replace('null', '"doc"')}`],
    ['struct without options', t.struct({ a: t.int() }, noOptions), `c: ${NO_OPTIONS}`],
    ['time', t.time(noOptions), `c: ${NO_OPTIONS.replace('id', 'id, as')}`],
    ['timestamp', t.timestamp(noOptions), `c: ${NO_OPTIONS.replace('id', 'id, as, unit')}`],
    ['fixed', t.fixed(2, noOptions), `c: ${NO_OPTIONS.replace('id', 'id, as')}`],
  ])('reports values that are not columns or options: %s', (_, column, problem) => {
    expect(problemsOf({ name: 'log', columns: { c: column } })).toEqual([`columns.${problem}`])
  })

  it('reports values that are not columns without writing a default with them', () => {
    const columns = {
      a: t.list(none, { default: ['x'] }),
      b: t.map(none, t.string(), { default: new Map([['x', 'y']]) }),
      c: t.struct({ d: t.list(t.binary({ as: 'utf9' as 'hex' }), { default: [new Uint8Array(1)] }) }),
    }
    expect(problemsOf({ name: 'log', columns })).toEqual([
      'columns.a: default: cannot be written',
      `columns.a.element: ${NO_COLUMN}`,
      'columns.b: default: expected a map whose key is a column, got a Map',
      `columns.b.key: ${NO_COLUMN}`,
      'columns.c.d: default: cannot be written',
      'columns.c.d.element: as: expected "base64" or "hex", got "utf9"',
    ])
  })

  it.each<[string, unknown, string]>([
    [
      'a symbol as key',
      { name: 'log', columns: { a: t.int() }, uniqueKeys: [Symbol('a')] },
      'uniqueKeys: symbol is not a column',
    ],
    [
      'a symbol as key beside a struct',
      { name: 'log', columns: { a: t.struct({ b: t.int() }) }, uniqueKeys: [Symbol('b')] },
      'uniqueKeys: symbol is not a column',
    ],
    ['columns in a list', { name: 'log', columns: [t.int()] }, `columns: ${NO_COLUMNS}`],
    ['a bigint as name', { name: 1n, columns: { a: t.int() } }, 'name: expected 1 to 255'],
  ])('reports %s', (_, options, problem) => {
    expect(problemsOf(options)).toEqual([expect.stringContaining(problem)])
  })

  it('reports all problems at once', () => {
    expect(problemsOf({ name: 'A', columns: { B: t.string(), c: 1 }, uniqueKeys: ['d'], e: 1 })).toHaveLength(5)
  })
})

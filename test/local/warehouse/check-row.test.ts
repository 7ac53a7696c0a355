import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/firehose/response.ts'
import { createRowCheck } from '../../../src/local/warehouse/check-row.ts'
import { layOut } from '../../../src/local/warehouse/table-layout.ts'
import { defineTable } from '../../../src/table/table.ts'
import { string } from '../../../src/table/types/string.ts'
import { log, people } from './support/tables.ts'

const check = createRowCheck(layOut('/warehouse', 'db', people))
const checkLog = createRowCheck(layOut('/warehouse', 'db', log))

describe('a row that fits', () => {
  test.each<[string, Operation, string, object]>([
    ['all columns', 'insert', '{"id":"a","age":1}', { id: 'a', age: 1 }],
    ['a nullable column that is null', 'insert', '{"id":"a","age":null}', { id: 'a', age: null }],
    ['a nullable column that is missing', 'update', '{"id":"a"}', { id: 'a', age: null }],
    ['a key without a column is skipped', 'insert', '{"id":"a","AGE":1,"__proto__":{"age":2}}', { id: 'a', age: null }],
    ['a delete needs its keys only', 'delete', '{"id":"a"}', { id: 'a' }],
    ['a delete does not read the rest', 'delete', '{"id":"a","age":"old"}', { id: 'a' }],
    ['white space around the object', 'insert', ' {"id":"a"}\n', { id: 'a', age: null }],
  ])('%s', (_, operation, text, row) => {
    expect(check(text, operation)).toEqual({ row })
  })

  test('a column may be called like a method of every object', () => {
    const table = defineTable({ name: 'odd', columns: { constructor: string() } })
    const checkOdd = createRowCheck(layOut('/warehouse', 'db', table))
    expect(checkOdd('{"constructor":"a"}', 'insert')).toEqual({ row: { constructor: 'a' } })
    expect(checkOdd('{}', 'insert').rejection?.errorCode).toBe('Iceberg.MissingColumnWithinRecord')
  })
})

describe('a row that does not fit', () => {
  test.each<[string, Operation, string, string]>([
    ['a required column is missing', 'insert', '{"age":1}', 'Iceberg.MissingColumnWithinRecord'],
    ['a required column is null', 'update', '{"id":null}', 'Iceberg.MissingColumnWithinRecord'],
    ['a key is missing', 'delete', '{"age":1}', 'Iceberg.MissingColumnWithinRecord'],
    ['a key is null', 'delete', '{"id":null}', 'Iceberg.MissingColumnWithinRecord'],
    ['another case of letters', 'insert', '{"ID":"a"}', 'Iceberg.MissingColumnWithinRecord'],
    ['another type', 'insert', '{"id":"a","age":"old"}', 'Local.TypeMismatch'],
    ['an array', 'insert', '[{"id":"a"}]', 'Local.NotAnObject'],
    ['a scalar', 'insert', '"a"', 'Local.NotAnObject'],
    ['null', 'insert', 'null', 'Local.NotAnObject'],
    ['two documents', 'insert', '{"id":"a"}{"id":"b"}', 'Local.InvalidJson'],
    ['nothing', 'insert', '', 'Local.InvalidJson'],
  ])('%s', (_, operation, text, errorCode) => {
    expect(check(text, operation)).toEqual({ rejection: { errorCode, errorMessage: expect.any(String) } })
  })

  test.each<Operation>(['update', 'delete'])('a table without keys takes no %s', (operation) => {
    expect(checkLog('{"line":"a"}', operation).rejection?.errorCode).toBe('Local.NoUniqueKeys')
  })

  test('the message names column and type, never the value', () => {
    const secret = 'somebody@example.com'
    const { rejection } = check(JSON.stringify({ id: 'a', age: secret }), 'insert')
    expect(rejection?.errorMessage).toBe('column age (int): expected a whole number or its text, got a string')
    expect(check(secret, 'insert').rejection?.errorMessage).not.toContain(secret)
  })
})

import { describe, expect, it } from 'vitest'
import { icebergForm, lockIds } from '../../src/artefacts/id-lock.ts'
import { nullable } from '../../src/table/column.ts'
import { day, hour } from '../../src/table/partition.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { list } from '../../src/table/types/list.ts'
import { string } from '../../src/table/types/string.ts'
import { struct } from '../../src/table/types/struct.ts'
import { timestamp } from '../../src/table/types/timestamp.ts'
import { orders, primitives } from './tables.ts'

const of = (columns: Table['columns']): Table => defineTable({ name: 't', columns })
const ids = (table: Table, lock: ReturnType<typeof lockIds>): object => {
  return Object.fromEntries(icebergForm(table, lock).schema.fields.map(({ name, id }) => [name, id]))
}

describe('lockIds', () => {
  it('gives the ids that a new table has anyway', () => {
    for (const table of [orders, primitives]) {
      expect(icebergForm(table, lockIds([table]))).toEqual(icebergForm(table))
    }
  })

  it('changes nothing when it is asked again', () => {
    const lock = lockIds([orders, primitives])
    expect(lockIds([primitives, orders], lock)).toEqual(lock)
  })

  it('keeps ids of nested fields when a column comes, and never gives a retired one again', () => {
    const lines = list(struct({ sku: string() }))
    const one = lockIds([of({ a: string(), lines })])
    const two = lockIds([of({ a: string(), b: string(), lines })], one)
    expect(ids(of({ a: string(), b: string(), lines }), two)).toEqual({ a: 1, b: 5, lines: 2 })
    const without = lockIds([of({ a: string(), lines })], two)
    const again = of({ a: string(), b: string(), lines })
    expect(ids(again, lockIds([again], without))).toEqual({ a: 1, b: 6, lines: 2 })
  })

  it('lets a renamed column keep its id, and gives the old name another one', () => {
    const before = lockIds([of({ mail: string(), x: string() })])
    const renamed = of({ email: string({ id: 1 }), x: string() })
    expect(ids(renamed, lockIds([renamed], before))).toEqual({ email: 1, x: 2 })
    const both = of({ email: string({ id: 1 }), mail: nullable(string()), x: string() })
    expect(ids(both, lockIds([both], before))).toEqual({ email: 1, mail: 3, x: 2 })
  })

  it('refuses the id of a dropped column', () => {
    const dropped = lockIds([of({ a: string() })], lockIds([of({ a: string(), b: string() })]))
    expect(() => lockIds([of({ a: string(), c: string({ id: 2 }) })], dropped)).toThrow(
      'table t: column c: field id 2 belonged to a column that was dropped, whose values would come back; use an id from 3',
    )
  })

  it('keeps the entries of tables that are not declared any more', () => {
    const lock = lockIds([orders], lockIds([primitives]))
    expect(Object.keys(lock.tables)).toEqual(['orders', 'primitives'])
  })

  it('numbers partition fields as it numbers columns', () => {
    const columns = { at: timestamp() }
    const byDay = defineTable({ name: 't', columns, partitionBy: [day('at')] })
    const byHour = defineTable({ name: 't', columns, partitionBy: [hour('at')] })
    const lock = lockIds([byHour], lockIds([byDay]))
    expect(icebergForm(byHour, lock).spec.fields).toMatchObject([{ 'field-id': 1001, transform: 'hour' }])
    expect(icebergForm(byDay, lockIds([byDay], lock)).spec.fields).toMatchObject([{ 'field-id': 1000 }])
  })
})

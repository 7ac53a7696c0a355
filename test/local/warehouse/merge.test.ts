import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeChanges } from '../../../src/local/warehouse/merge.ts'
import type { RowChange, StoredRow } from '../../../src/local/warehouse/types.ts'
import { runs } from '../../support/runs.ts'
import { change } from './support/tables.ts'

const anyChange: fc.Arbitrary<RowChange> = fc.record({
  operation: fc.constantFrom('insert', 'update', 'delete'),
  row: fc.record({ a: fc.constantFrom('x', 'y', '1'), b: fc.constantFrom(1n, 2n), value: fc.nat() }),
})

/** Applies changes one after the other to rows that are there already. */
function apply(
  rows: readonly StoredRow[],
  changes: readonly RowChange[],
  keys: readonly string[],
): readonly StoredRow[] {
  return changes.reduce((left, { operation, row }) => {
    const kept = operation === 'insert' ? left : left.filter((other) => keys.some((key) => other[key] !== row[key]))
    return operation === 'delete' ? kept : [...kept, row]
  }, rows)
}

test.each([[['a']], [['a', 'b']]])('one commit leaves what its changes leave one after the other (keys %j)', (keys) => {
  fc.assert(
    fc.property(fc.array(anyChange), fc.array(anyChange), (before, changes) => {
      const rows = before.map(({ row }) => row)
      const { rows: added, deletedKeys } = mergeChanges(changes, { keys })
      const isDeleted = (row: StoredRow): boolean =>
        deletedKeys.some((key) => keys.every((name) => key[name] === row[name]))
      expect([...rows.filter((row) => !isDeleted(row)), ...added]).toEqual(apply(rows, changes, keys))
    }),
    { numRuns: runs(10_000) },
  )
})

describe('one commit', () => {
  test('keeps duplicates of an insert', () => {
    const row = { id: 'a' }
    const merged = mergeChanges([change('insert', row), change('insert', row)], { keys: ['id'] })
    expect(merged).toEqual({ rows: [row, row], deletedKeys: [] })
  })

  test('names a deleted key once', () => {
    const changes = [change('update', { id: 'a', age: 1 }), change('update', { id: 'a', age: 2 })]
    expect(mergeChanges(changes, { keys: ['id'] })).toEqual({
      rows: [{ id: 'a', age: 2 }],
      deletedKeys: [{ id: 'a', age: 2 }],
    })
  })

  test('tells keys of several columns apart', () => {
    const changes = [change('insert', { a: 'x', b: 'y,z' }), change('delete', { a: 'x,y', b: 'z' })]
    expect(mergeChanges(changes, { keys: ['a', 'b'] }).rows).toHaveLength(1)
  })
})

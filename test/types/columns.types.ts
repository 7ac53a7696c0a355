import {
  type Column,
  createIcebergRouter,
  defineTable,
  type PartitionOf,
  type RowOf,
  t,
  type ValueOf,
} from 'firehose-iceberg-router'
import { expectTypeOf } from 'vitest'

type ValueIn<C extends Column> = ValueOf<C>
const given = <C extends Column>(_: C): ValueIn<C> => undefined as never

// What a transform may return for each column.
expectTypeOf(given(t.boolean())).toEqualTypeOf<boolean>()
expectTypeOf(given(t.int())).toEqualTypeOf<number>()
expectTypeOf(given(t.long())).toEqualTypeOf<number | bigint>()
expectTypeOf(given(t.float())).toEqualTypeOf<number>()
expectTypeOf(given(t.double())).toEqualTypeOf<number>()
expectTypeOf(given(t.decimal(9, 2))).toEqualTypeOf<string | number | bigint>()
expectTypeOf(given(t.date())).toEqualTypeOf<Date | string>()
expectTypeOf(given(t.time())).toEqualTypeOf<string | number | bigint>()
expectTypeOf(given(t.timestamp({ as: 'iso' }))).toEqualTypeOf<Date | string | number | bigint>()
expectTypeOf(given(t.timestamptz())).toEqualTypeOf<Date | string | number | bigint>()
expectTypeOf(given(t.string({ doc: 'a comment' }))).toEqualTypeOf<string>()
expectTypeOf(given(t.uuid())).toEqualTypeOf<string>()
expectTypeOf(given(t.binary())).toEqualTypeOf<Uint8Array>()
expectTypeOf(given(t.fixed(4))).toEqualTypeOf<Uint8Array>()
expectTypeOf(given(t.json())).toEqualTypeOf<t.JsonInput>()
expectTypeOf(given(t.nullable(t.string()))).toEqualTypeOf<string | null>()
expectTypeOf(given(t.list(t.nullable(t.int())))).toEqualTypeOf<readonly (number | null)[]>()
expectTypeOf(given(t.map(t.long(), t.string()))).toEqualTypeOf<ReadonlyMap<number | bigint, string>>()
expectTypeOf(given(t.map(t.string(), t.int()))).toEqualTypeOf<
  ReadonlyMap<string, number> | { readonly [key: string]: number }
>()
expectTypeOf(given(t.struct({ a: t.int(), b: t.nullable(t.string()) }))).toEqualTypeOf<{
  readonly a: number
  readonly b: string | null
}>()
expectTypeOf(given(t.string({ default: 'x' }))).toEqualTypeOf<string | undefined>()
expectTypeOf(given(t.nullable(t.string({ default: 'x' })))).toEqualTypeOf<string | null | undefined>()

// A key with a default may be left out, in a struct and in a row; other keys may not.
const table = defineTable({
  name: 't',
  columns: {
    id: t.string(),
    at: t.timestamp(),
    n: t.int({ default: 0 }),
    s: t.struct({ a: t.int({ default: 1 }), b: t.int() }),
  },
  uniqueKeys: ['id'],
  partitionBy: [t.day('at')],
})
expectTypeOf<RowOf<typeof table>>().toEqualTypeOf<{
  readonly id: string
  readonly at: Date | string | number | bigint
  readonly s: { readonly a?: number | undefined; readonly b: number }
  readonly n?: number | undefined
}>()
expectTypeOf<PartitionOf<typeof table>>().toEqualTypeOf<'at'>()
const row: RowOf<typeof table> = { id: 'a', at: new Date(), s: { b: 1 } }
void row
// @ts-expect-error a missing field
const withoutField: RowOf<typeof table> = { id: 'a', at: new Date(), s: {} }
// @ts-expect-error an unknown field
const withField: RowOf<typeof table> = { id: 'a', at: new Date(), s: { b: 1, c: 2 } }
// @ts-expect-error a field of another type
const wrongField: RowOf<typeof table> = { id: 'a', at: new Date(), s: { b: '1' } }
void [withoutField, withField, wrongField]

// Options, keys and partitions are checked where they are written.
// @ts-expect-error a default of another type
t.int({ default: 'x' })
// @ts-expect-error an unknown form
t.timestamp({ as: 'millis' })
// @ts-expect-error an unknown option
t.string({ documentation: 'x' })
// @ts-expect-error a partition of an unknown column
defineTable({ name: 't', columns: { a: t.date() }, partitionBy: [t.day('b')] })
// @ts-expect-error a key that is not a column
defineTable({ name: 't', columns: { a: t.date() }, uniqueKeys: ['b'] })
// @ts-expect-error an object for a map whose keys are not strings
const notMap: ValueIn<ReturnType<typeof longMap>> = { 1: 'a' }
const longMap = () => t.map(t.long(), t.string())
void notMap

// A delete needs its keys and partition columns.
const router = createIcebergRouter({ database: 'db' })
router.on({ a: 1 }, { table, operation: 'delete', transform: () => ({ id: 'a', at: new Date() }) })
// @ts-expect-error without the partition column
router.on({ a: 1 }, { table, operation: 'delete', transform: () => ({ id: 'a' }) })

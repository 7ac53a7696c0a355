import {
  binary,
  boolean,
  type Column,
  createIcebergRouter,
  date,
  day,
  decimal,
  defineTable,
  double,
  fixed,
  float,
  int,
  type JsonInput,
  json,
  list,
  long,
  map,
  nullable,
  type PartitionOf,
  type RowOf,
  string,
  struct,
  time,
  timestamp,
  timestamptz,
  uuid,
  type ValueOf,
} from 'firehose-iceberg-router'
import { expectTypeOf } from 'vitest'

type ValueIn<C extends Column> = ValueOf<C>
const given = <C extends Column>(_: C): ValueIn<C> => undefined as never

// What a transform may return for each column.
expectTypeOf(given(boolean())).toEqualTypeOf<boolean>()
expectTypeOf(given(int())).toEqualTypeOf<number>()
expectTypeOf(given(long())).toEqualTypeOf<number | bigint>()
expectTypeOf(given(float())).toEqualTypeOf<number>()
expectTypeOf(given(double())).toEqualTypeOf<number>()
expectTypeOf(given(decimal(9, 2))).toEqualTypeOf<string | number | bigint>()
expectTypeOf(given(date())).toEqualTypeOf<Date | string>()
expectTypeOf(given(time())).toEqualTypeOf<string | number | bigint>()
expectTypeOf(given(timestamp({ as: 'iso' }))).toEqualTypeOf<Date | string | number | bigint>()
expectTypeOf(given(timestamptz())).toEqualTypeOf<Date | string | number | bigint>()
expectTypeOf(given(string({ doc: 'a comment' }))).toEqualTypeOf<string>()
expectTypeOf(given(uuid())).toEqualTypeOf<string>()
expectTypeOf(given(binary())).toEqualTypeOf<Uint8Array>()
expectTypeOf(given(fixed(4))).toEqualTypeOf<Uint8Array>()
expectTypeOf(given(json())).toEqualTypeOf<JsonInput>()
expectTypeOf(given(nullable(string()))).toEqualTypeOf<string | null>()
expectTypeOf(given(list(nullable(int())))).toEqualTypeOf<readonly (number | null)[]>()
expectTypeOf(given(map(long(), string()))).toEqualTypeOf<ReadonlyMap<number | bigint, string>>()
expectTypeOf(given(map(string(), int()))).toEqualTypeOf<
  ReadonlyMap<string, number> | { readonly [key: string]: number }
>()
expectTypeOf(given(struct({ a: int(), b: nullable(string()) }))).toEqualTypeOf<{
  readonly a: number
  readonly b: string | null
}>()
expectTypeOf(given(string({ default: 'x' }))).toEqualTypeOf<string | undefined>()
expectTypeOf(given(nullable(string({ default: 'x' })))).toEqualTypeOf<string | null | undefined>()

// A key with a default may be left out, in a struct as in a row; the others may not.
const table = defineTable({
  name: 't',
  columns: { id: string(), at: timestamp(), n: int({ default: 0 }), s: struct({ a: int({ default: 1 }), b: int() }) },
  uniqueKeys: ['id'],
  partitionBy: [day('at')],
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
// @ts-expect-error a field that is missing
const withoutField: RowOf<typeof table> = { id: 'a', at: new Date(), s: {} }
// @ts-expect-error a field that the struct has not
const withField: RowOf<typeof table> = { id: 'a', at: new Date(), s: { b: 1, c: 2 } }
// @ts-expect-error a field of another type
const wrongField: RowOf<typeof table> = { id: 'a', at: new Date(), s: { b: '1' } }
void [withoutField, withField, wrongField]

// Options, keys and partitions are checked where they are written.
// @ts-expect-error a default of another type
int({ default: 'x' })
// @ts-expect-error no such way to write it
timestamp({ as: 'millis' })
// @ts-expect-error no such option
string({ documentation: 'x' })
// @ts-expect-error a partition of no column
defineTable({ name: 't', columns: { a: date() }, partitionBy: [day('b')] })
// @ts-expect-error a key of no column
defineTable({ name: 't', columns: { a: date() }, uniqueKeys: ['b'] })
// @ts-expect-error an object for a map whose keys are no strings
const notMap: ValueIn<ReturnType<typeof longMap>> = { 1: 'a' }
const longMap = () => map(long(), string())
void notMap

// A delete needs its keys and what its partition is computed from.
const router = createIcebergRouter({ database: 'db' })
router.on({ a: 1 }, { table, operation: 'delete', transform: () => ({ id: 'a', at: new Date() }) })
// @ts-expect-error without the partition's column
router.on({ a: 1 }, { table, operation: 'delete', transform: () => ({ id: 'a' }) })

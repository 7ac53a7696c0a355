import { type } from 'arktype'
import { day, decimal, type RowOf, tableFromSchema } from 'firehose-iceberg-router'
import * as z from 'zod'
import type { SnakeCase } from '../../src/table/from-schema/names.ts'

/** Two types that are one and the same. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function expectType<_Proof extends true>(): void {}

const sale = z.object({
  id: z.string(),
  at: z.date(),
  total: z.number(),
  note: z.string().optional(),
  lines: z.array(z.object({ unitPrice: z.number() })),
})

const exact = tableFromSchema(sale.omit({ lines: true }), {
  name: 'sales',
  columns: { total: decimal(10, 2) },
  uniqueKeys: ['id'],
})
expectType<
  Equal<
    RowOf<typeof exact>,
    { readonly id: string; readonly at: Date; readonly total: string | number | bigint; readonly note: string | null }
  >
>()

const renamed = tableFromSchema(z.object({ saleId: z.string(), lineItems: sale.shape.lines }), {
  name: 'sales',
  names: 'snake_case',
})
expectType<
  Equal<
    RowOf<typeof renamed>,
    { readonly sale_id: string; readonly line_items: readonly { readonly unit_price: number }[] }
  >
>()

const arked = tableFromSchema(type({ id: 'string', 'at?': 'Date' }), { name: 'arked', uniqueKeys: ['id'] })
expectType<Equal<RowOf<typeof arked>, { readonly id: string; readonly at: Date | null }>>()

// @ts-expect-error a key that is no column
tableFromSchema(sale.pick({ id: true }), { name: 'sales', uniqueKeys: ['total'] })

// Of a JSON Schema the names are known, the values are not.
const plain = tableFromSchema(
  { type: 'object', properties: { messageId: { type: 'string' } }, required: ['messageId'] },
  { name: 'plain', names: 'snake_case', uniqueKeys: ['message_id'] },
)
expectType<Equal<keyof typeof plain.columns, 'message_id'>>()

tableFromSchema(
  { type: 'object', properties: { a: { type: 'string' } } },
  // @ts-expect-error a partition of no column
  { name: 'plain', partitionBy: [day('b')] },
)

expectType<Equal<SnakeCase<'messageId'>, 'message_id'>>()
expectType<Equal<SnakeCase<'MessageID'>, 'message_id'>>()
expectType<Equal<SnakeCase<'HTTPServer'>, 'http_server'>>()
expectType<Equal<SnakeCase<'userID2'>, 'user_id2'>>()
expectType<Equal<SnakeCase<'v2Api'>, 'v2_api'>>()
expectType<Equal<SnakeCase<'Content-Type'>, 'content_type'>>()
expectType<Equal<SnakeCase<'_Private'>, '_private'>>()
expectType<Equal<SnakeCase<'ABC'>, 'abc'>>()
expectType<Equal<SnakeCase<'aBC'>, 'a_bc'>>()

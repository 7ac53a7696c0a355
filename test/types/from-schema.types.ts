import { Type as OldType } from '@sinclair/typebox'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import { Schema } from 'effect'
import { type RowOf, t } from 'firehose-iceberg-router'
import { tableFromSchema } from 'firehose-iceberg-router/from-schema'
import Type from 'typebox'
import * as v from 'valibot'
import * as z from 'zod'
import type { SnakeCase } from '../../src/from-schema/names.ts'

/** Compiles only if two types are the same. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function expectType<_Proof extends true>(): void {}
function takes<Value>(_value: Value): void {}

const sale = z.object({
  id: z.string(),
  at: z.date(),
  total: z.number(),
  note: z.string().optional(),
  lines: z.array(z.object({ unitPrice: z.number() })),
})

const exact = tableFromSchema(sale.omit({ lines: true }), {
  name: 'sales',
  columns: { total: t.decimal(10, 2) },
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

// @ts-expect-error a key that is not a column
tableFromSchema(sale.pick({ id: true }), { name: 'sales', uniqueKeys: ['total'] })

// The names of a JSON Schema are known, the types of its values are not.
const plain = tableFromSchema(
  { type: 'object', properties: { messageId: { type: 'string' } }, required: ['messageId'] },
  { name: 'plain', names: 'snake_case', uniqueKeys: ['message_id'] },
)
expectType<Equal<keyof typeof plain.columns, 'message_id'>>()

tableFromSchema(
  { type: 'object', properties: { a: { type: 'string' } } },
  // @ts-expect-error a partition of an unknown column
  { name: 'plain', partitionBy: [t.day('b')] },
)

// An index signature beside named keys adds no columns and no fields of a struct.
const part = { k: z.string(), b: z.number().optional() }
const loose = tableFromSchema(z.looseObject({ ...part, inner: z.looseObject(part) }), { name: 'loose' })
const caught = tableFromSchema(z.object({ ...part, inner: z.looseObject(part) }).catchall(z.unknown()), {
  name: 'loose',
})
const arkedLoose = tableFromSchema(type({ k: 'string', '[string]': 'unknown' }), { name: 'loose' })
type Loose = RowOf<typeof loose>
type Inner = { readonly k: string; readonly b?: number | undefined }
expectType<Equal<Loose, { readonly k: string; readonly b: number | null; readonly inner: Inner }>>()
expectType<Equal<RowOf<typeof caught>, Loose>>()
expectType<Equal<RowOf<typeof arkedLoose>, { readonly k: string }>>()

const inner = { k: 'a' }
takes<readonly Loose[]>([
  { k: 'a', b: null, inner },
  // @ts-expect-error a wrong type
  { k: 1, b: null, inner },
  // @ts-expect-error an extra key
  { k: 'a', b: null, inner, c: 1 },
  // @ts-expect-error a missing key
  { b: null, inner },
  // @ts-expect-error a wrong type in a struct
  { k: 'a', b: null, inner: { k: 1 } },
  // @ts-expect-error an extra key in a struct
  { k: 'a', b: null, inner: { k: 'a', c: 1 } },
  // @ts-expect-error a missing key in a struct
  { k: 'a', b: null, inner: { b: 1 } },
])

// @ts-expect-error a key that is not a column of a loose object
tableFromSchema(z.looseObject(part), { name: 'loose', uniqueKeys: ['c'] })

const nested = tableFromSchema(
  z.looseObject({ theParts: z.array(z.object(part).catchall(z.boolean())), perDay: z.record(z.string(), z.int()) }),
  { name: 'nested', names: 'snake_case', columns: { the_parts: t.list(t.struct({ k: t.string() })) } },
)
expectType<
  Equal<
    RowOf<typeof nested>,
    {
      readonly the_parts: readonly { readonly k: string }[]
      readonly per_day: { readonly [day: string]: number }
    }
  >
>()

const listed = tableFromSchema(z.object({ all: z.array(z.looseObject({ theKey: z.string() })) }), {
  name: 'listed',
  names: 'snake_case',
})
expectType<Equal<RowOf<typeof listed>, { readonly all: readonly { readonly the_key: string }[] }>>()

// If the type of a schema names no keys, any key is allowed.
declare const someObject: z.ZodObject
const some = tableFromSchema(someObject, { name: 'some', uniqueKeys: ['whatever'] })
expectType<Equal<keyof typeof some.columns, string | number>>()

// A value that may be undefined in a list or a map is written as null.
const sparse = tableFromSchema(
  z.object({ notes: z.array(z.string().optional()), counts: z.record(z.string(), z.int().optional()) }),
  { name: 'sparse' },
)
expectType<
  Equal<
    RowOf<typeof sparse>,
    {
      readonly notes: readonly (string | undefined)[]
      readonly counts: { readonly [key: string]: number | undefined }
    }
  >
>()

expectType<Equal<SnakeCase<'messageId'>, 'message_id'>>()
expectType<Equal<SnakeCase<'MessageID'>, 'message_id'>>()
expectType<Equal<SnakeCase<'HTTPServer'>, 'http_server'>>()
expectType<Equal<SnakeCase<'userID2'>, 'user_id2'>>()
expectType<Equal<SnakeCase<'v2Api'>, 'v2_api'>>()
expectType<Equal<SnakeCase<'Content-Type'>, 'content_type'>>()
expectType<Equal<SnakeCase<'_Private'>, '_private'>>()
expectType<Equal<SnakeCase<'ABC'>, 'abc'>>()
expectType<Equal<SnakeCase<'aBC'>, 'a_bc'>>()

const effectSale = Schema.Struct({ id: Schema.String, at: Schema.Date, note: Schema.optionalKey(Schema.String) })
const effective = tableFromSchema(Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(effectSale)), {
  name: 'sales',
})
expectType<Equal<RowOf<typeof effective>, { readonly id: string; readonly at: Date; readonly note: string | null }>>()
// A schema that does not validate has types as well.
const written = tableFromSchema(Schema.toStandardJSONSchemaV1(effectSale), { name: 'sales' })
expectType<Equal<RowOf<typeof written>, RowOf<typeof effective>>>()

const valibotSale = tableFromSchema(toStandardJsonSchema(v.object({ id: v.string(), at: v.date() })), { name: 'sales' })
expectType<Equal<RowOf<typeof valibotSale>, { readonly id: string; readonly at: Date }>>()

// The names of a TypeBox schema are known, as for every JSON Schema.
const boxed = tableFromSchema(Type.Object({ id: Type.String() }), { name: 'sales', uniqueKeys: ['id'] })
expectType<Equal<keyof typeof boxed.columns, 'id'>>()
const boxedBefore = tableFromSchema(OldType.Object({ id: OldType.String() }), { name: 'sales', uniqueKeys: ['id'] })
expectType<Equal<keyof typeof boxedBefore.columns, 'id'>>()
// @ts-expect-error a key that is not a column
tableFromSchema(Type.Object({ id: Type.String() }), { name: 'sales', uniqueKeys: ['total'] })

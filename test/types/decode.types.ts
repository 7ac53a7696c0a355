import { createIcebergRouter, defineTable, type JsonObject, t } from 'firehose-iceberg-router'
import * as d from 'firehose-iceberg-router/d'
import { expectTypeOf } from 'vitest'

interface Order {
  type: 'order'
  id: string
}
interface Refund {
  type: 'refund'
  reason: string
}

const table = defineTable({ name: 'orders', columns: { id: t.string() } })

// The event follows from the decoder, and patterns narrow it.
createIcebergRouter({ database: 'db', decode: d.gzip(d.json<Order | Refund>()) })
  .on(
    { type: 'order' },
    {
      table,
      transform: (event) => {
        expectTypeOf(event).toEqualTypeOf<Order>()
        return { id: event.id }
      },
    },
  )
  .on({ type: 'refund' }, 'drop')
  .exhaustive()

// Without a decoder, or with an untyped one, it is any JSON object.
createIcebergRouter({ database: 'db' }).otherwise({
  table,
  transform: (event) => {
    expectTypeOf(event).toEqualTypeOf<JsonObject>()
    return { id: '' }
  },
})
expectTypeOf(d.zstd(d.json())).toEqualTypeOf<d.Decoder<JsonObject>>()

// A type that is given has to be the decoder's.
createIcebergRouter<Order>({ database: 'db', decode: d.json<Order>() })
// @ts-expect-error: the decoder yields refunds
createIcebergRouter<Order>({ database: 'db', decode: d.json<Refund>() })
// @ts-expect-error: not a decoder
createIcebergRouter({ database: 'db', decode: JSON.parse })

// Envelopes have the payload of the inner decoder in its place.
expectTypeOf(d.sns(d.json<Order>())).toEqualTypeOf<d.Decoder<d.SnsEvent<Order>>>()
expectTypeOf(d.sqs(d.sns(d.json<Order>()))).toEqualTypeOf<d.Decoder<d.SqsEvent<d.SnsEvent<Order>>>>()
expectTypeOf(d.sqs()).toEqualTypeOf<d.Decoder<d.SqsEvent>>()
expectTypeOf(d.base64(d.json<Order>())).toEqualTypeOf<d.Decoder<Order>>()
expectTypeOf(d.base64(d.json<Order>(), { at: 'data' })).toEqualTypeOf<
  d.Decoder<JsonObject & { readonly data: Order }>
>()
expectTypeOf(d.dynamoDb<Order, { id: string }>()).toEqualTypeOf<d.Decoder<d.DynamoDbEvent<Order, { id: string }>>>()

// A union of event types: each by its own route.
type ShopEvent = d.EventBridgeEvent<Order, 'order placed'> | d.EventBridgeEvent<Refund, 'refund made'>
createIcebergRouter({ database: 'db', decode: d.eventBridge<ShopEvent>() }).on(
  { 'detail-type': 'order placed' },
  {
    table,
    transform: ({ detail }) => {
      expectTypeOf(detail).toEqualTypeOf<Order>()
      return { id: detail.id }
    },
  },
)

// `detect` yields what any of its decoders yields; `text` what its function returns.
expectTypeOf(d.detect(d.gzip(d.json<Order>()), d.json<Refund>())).toEqualTypeOf<d.Decoder<Order | Refund>>()
expectTypeOf(d.text((line) => ({ line }))).toEqualTypeOf<d.Decoder<{ line: string }>>()

import type { RowOf } from 'firehose-iceberg-router'
import type {
  clickLog,
  SesClickEvent,
  SesEvent,
  SesOpenEvent,
  SesSendEvent,
  sendLog,
} from 'firehose-iceberg-router/ses'
import type { clickSchema, openSchema, sendSchema, sesEventSchema } from 'firehose-iceberg-router/ses/schemas'
import { expectTypeOf } from 'vitest'
import type * as z from 'zod'

// The output of a schema is an event of its type.
expectTypeOf<z.infer<typeof sendSchema>>().toExtend<SesSendEvent>()
expectTypeOf<z.infer<typeof openSchema>>().toExtend<SesOpenEvent>()
expectTypeOf<z.infer<typeof clickSchema>>().toExtend<SesClickEvent>()
expectTypeOf<z.infer<typeof sesEventSchema>>().toExtend<SesEvent>()

// Only the type, the id and the time are never null.
expectTypeOf<RowOf<typeof sendLog>['message_id']>().toEqualTypeOf<string>()
expectTypeOf<RowOf<typeof sendLog>['from_address']>().toEqualTypeOf<string | null>()
expectTypeOf<RowOf<typeof clickLog>['link']>().toEqualTypeOf<string | null>()
expectTypeOf<keyof RowOf<typeof sendLog>>().toEqualTypeOf<
  'event_type' | 'message_id' | 'from_address' | 'to_address' | 'timestamp' | 'tags'
>()

// Fields that AWS may leave out are optional, and may be null.
expectTypeOf<SesEvent['mail']['headers']>().extract<null | undefined>().toEqualTypeOf<null | undefined>()
expectTypeOf<SesClickEvent['click']['linkTags']>().extract<null | undefined>().toEqualTypeOf<null | undefined>()

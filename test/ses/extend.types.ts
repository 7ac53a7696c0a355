import { type RowOf, t } from 'firehose-iceberg-router'
import {
  allEvents,
  click,
  createSesRouter,
  extend,
  open,
  renderingFailure,
  type SesEvent,
  type SesEventType,
  type SesSendEvent,
  send,
} from 'firehose-iceberg-router/ses'
import { expectTypeOf } from 'vitest'

const database = 'email_event'

// An extension gets the event of its type, and its row has exactly its columns.
const extended = extend(send, {
  columns: { campaign: t.nullable(t.string()) },
  partitionBy: [t.day('timestamp')],
  row: (event, { recordId }) => {
    expectTypeOf(event).toEqualTypeOf<SesSendEvent>()
    expectTypeOf(recordId).toEqualTypeOf<string>()
    return { campaign: event.mail.tags?.['campaign']?.[0] ?? null }
  },
})
const explained = extend(renderingFailure, {
  columns: { who: t.string() },
  partitionBy: [t.identity('who')],
  row: async (event) => ({ who: event.failure?.templateName ?? 'unknown', error_message: null }),
})
createSesRouter({ database, events: [extended, explained, open] })
createSesRouter({ database, events: allEvents })
createSesRouter({ database, events: allEvents.filter(({ eventType }) => eventType !== 'Subscription') })

// The table of an extended type has the columns of both.
expectTypeOf<RowOf<typeof extended.table>['campaign']>().toEqualTypeOf<string | null>()
expectTypeOf<RowOf<typeof extended.table>['message_id']>().toEqualTypeOf<string>()

// A table that is extended twice has the columns of all three.
extend(extended, {
  columns: { cost: t.string() },
  partitionBy: [t.identity('campaign'), t.identity('cost')],
  row: (event) => {
    expectTypeOf(event).toEqualTypeOf<SesSendEvent>()
    return { cost: '0.1', campaign: null }
  },
})

// @ts-expect-error a column without its value
extend(send, { columns: { campaign: t.string() }, row: () => ({}) })
// @ts-expect-error a value of another type
extend(open, { columns: { campaign: t.string() }, row: () => ({ campaign: 1 }) })
// @ts-expect-error a partition by an unknown column
extend(click, { columns: { campaign: t.string() }, partitionBy: [t.day('nothing')], row: () => ({ campaign: '' }) })

// The row may replace values of the table's columns by values of the same type.
extend(open, { row: () => ({ ip_address: null }) })
// @ts-expect-error a value of another type
extend(open, { row: () => ({ ip_address: 1 }) })

// @ts-expect-error a column that the table does not have
extend(open, { row: () => ({ ip_adress: null }) })
// @ts-expect-error a value of another type, in a list of events
createSesRouter({ database, events: [extend(open, { row: () => ({ ip_address: 1 }) })] })

// One extension for several types.
const campaign = {
  columns: { campaign: t.nullable(t.string()) },
  row: (event: SesEvent) => ({ campaign: event.mail.tags?.['campaign']?.[0] ?? null }),
}
createSesRouter({ database, events: [extend(send, campaign), extend(open, campaign), extend(click, campaign)] })

// @ts-expect-error a name is not an event type
createSesRouter({ database, events: ['Send'] })
// @ts-expect-error a name cannot be extended
extend('Send', campaign)

expectTypeOf<SesEventType>().toEqualTypeOf<
  | 'Send'
  | 'Delivery'
  | 'Bounce'
  | 'Complaint'
  | 'Reject'
  | 'Open'
  | 'Click'
  | 'Rendering Failure'
  | 'DeliveryDelay'
  | 'Subscription'
>()
expectTypeOf<SesEvent['eventType']>().toEqualTypeOf<SesEventType>()

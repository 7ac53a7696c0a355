import { day, nullable, string } from 'firehose-iceberg-router'
import { createSesRouter, type SesEvent, type SesEventType, type SesSendEvent } from 'firehose-iceberg-router/ses'
import { expectTypeOf } from 'vitest'

const database = 'email_event'

// The event of an extension is that of its type, and its row has exactly its columns.
createSesRouter({
  database,
  events: ['Send', 'Rendering Failure'],
  extend: {
    Send: {
      columns: { campaign: nullable(string()) },
      partitionBy: [day('timestamp')],
      row: (event) => {
        expectTypeOf(event).toEqualTypeOf<SesSendEvent>()
        return { campaign: event.mail.tags?.['campaign']?.[0] ?? null }
      },
    },
    'Rendering Failure': {
      columns: { who: string() },
      row: (event) => ({ who: event.failure?.templateName ?? 'nobody', error_message: null }),
    },
  },
})

createSesRouter({
  database,
  extend: {
    // @ts-expect-error a column without its value
    Send: { columns: { campaign: string() }, row: () => ({}) },
    // @ts-expect-error a value of another type
    Open: { columns: { campaign: string() }, row: () => ({ campaign: 1 }) },
    // @ts-expect-error a partition of no column
    Click: { columns: { campaign: string() }, partitionBy: [day('nothing')], row: () => ({ campaign: '' }) },
  },
})

// Columns of the table may be given other values of their own type.
createSesRouter({ database, extend: { Open: { row: () => ({ ip_address: null }) } } })
// @ts-expect-error of their own type only
createSesRouter({ database, extend: { Open: { row: () => ({ ip_address: 1 }) } } })

// One extension for several types.
const campaign = {
  columns: { campaign: nullable(string()) },
  row: (event: SesEvent) => ({ campaign: event.mail.tags?.['campaign']?.[0] ?? null }),
}
createSesRouter({ database, extend: { Send: campaign, Open: campaign, Click: campaign } })

// @ts-expect-error no such event type
createSesRouter({ database, events: ['Sent'] })
// @ts-expect-error no such event type
createSesRouter({ database, extend: { Sent: campaign } })

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

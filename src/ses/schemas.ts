import * as z from 'zod'
import type { SesClickEvent, SesEvent, SesOpenEvent, SesSendEvent } from './events.ts'

// Strict about what becomes a column, lenient about the rest: SES adds fields, and none of them may cost an event. What
// no column needs (sourceArn, cc, ...) is passed on unchecked. Zod itself leaves out keys named __proto__, tags included.

const timestamp = z.iso.datetime({ offset: true })

const tags = z.record(z.string(), z.array(z.string()))

const addresses = z.array(z.string())

const mail = z.looseObject({
  messageId: z.string(),
  timestamp,
  source: z.string().nullish(),
  destination: addresses.nullish(),
  headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
  commonHeaders: z.looseObject({ from: addresses.nullish(), to: addresses.nullish() }).nullish(),
  tags: tags.nullish(),
})

const interaction = z.looseObject({ timestamp, ipAddress: z.string().nullish(), userAgent: z.string().nullish() })

const send = z.looseObject({ eventType: z.literal('Send'), mail })

const open = z.looseObject({ eventType: z.literal('Open'), mail, open: interaction })

const click = z.looseObject({
  eventType: z.literal('Click'),
  mail,
  click: interaction.extend({ link: z.string().nullish(), linkTags: tags.nullish() }),
})

/** A Zod schema of Send events. What it passes, `toSendRow` can make a row of. */
export const sendSchema: z.ZodType<SesSendEvent> = send

/** A Zod schema of Open events. What it passes, `toOpenRow` can make a row of. */
export const openSchema: z.ZodType<SesOpenEvent> = open

/** A Zod schema of Click events. What it passes, `toClickRow` can make a row of. */
export const clickSchema: z.ZodType<SesClickEvent> = click

/** A Zod schema of all events that `createSesRouter` has a route for, told apart by `eventType`. */
export const sesEventSchema: z.ZodType<SesEvent> = z.discriminatedUnion('eventType', [send, open, click])

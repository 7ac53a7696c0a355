import { type Column, type RowOf, select } from '../index.ts'
import * as t from '../table/t.ts'
import { type InteractionColumns, interactionColumns, interactionValues, type SesInteraction } from './interaction.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues, selectMail } from './mail.ts'
import type { SesMail, SesTags } from './message.ts'
import type { SesTable, SesType } from './type.ts'

/** The link that a recipient followed. */
export interface SesClick extends SesInteraction {
  readonly link?: string | null | undefined
  /** Null or absent for a link without tags. */
  readonly linkTags?: SesTags | null | undefined
}

/** A recipient clicked a link in a message. */
export interface SesClickEvent {
  readonly eventType: 'Click'
  readonly mail: SesMail
  readonly click: SesClick
}

type ClickColumns = MailColumns &
  InteractionColumns & {
    readonly link: Column<string | null>
    readonly link_tags: Column<t.JsonInput | null>
  }

/** One row for each click on a link. */
export const clickLog: SesTable<ClickColumns> = /* @__PURE__ */ defineLog('click_log', () => ({
  ...interactionColumns(),
  link: t.nullable(t.string({ doc: 'The URL of the link' })),
  link_tags: t.nullable(t.json({ doc: 'Tags of the link: a JSON object of lists' })),
}))

/** Makes the row of a Click event. */
export function toClickRow(event: SesClickEvent): RowOf<typeof clickLog> {
  const { click } = event
  const link = { link: click?.link ?? null, link_tags: click?.linkTags ?? null }
  return { event_type: 'Click', ...mailValues(event, click?.timestamp), ...interactionValues(click), ...link }
}

const selection = /* @__PURE__ */ selectMail('Click', {
  timestamp: 'click.timestamp',
  ip_address: 'click.ipAddress',
  user_agent: 'click.userAgent',
  link: 'click.link',
  link_tags: 'click.linkTags',
})

/** Click events and their table. */
export const click: SesType<SesClickEvent, typeof clickLog> = {
  eventType: 'Click',
  table: clickLog,
  transform: /* @__PURE__ */ select(selection),
}

import { type Column, defineTable, type JsonInput, json, nullable, type RowOf, string, type Table } from '../index.ts'
import type { SesClickEvent } from './events.ts'
import { type InteractionColumns, interactionColumns, interactionValues } from './interaction.ts'
import { mailValues } from './mail.ts'

type ClickColumns = InteractionColumns & {
  readonly link: Column<string | null>
  readonly link_tags: Column<JsonInput | null>
}

/** One row for each click on a link. */
export const clickLog: Table<ClickColumns, never> = defineTable({
  name: 'click_log',
  columns: {
    ...interactionColumns,
    link: nullable(string({ doc: 'The URL of the link' })),
    link_tags: nullable(json({ doc: 'Tags of the link: a JSON object of lists' })),
  },
})

/** Makes the row of a Click event. */
export function toClickRow({ eventType, mail, click }: SesClickEvent): RowOf<typeof clickLog> {
  const link = { link: click?.link ?? null, link_tags: click?.linkTags ?? null }
  return { event_type: eventType, ...mailValues(mail), ...interactionValues(click), ...link }
}

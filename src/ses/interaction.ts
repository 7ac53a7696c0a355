import type { Column } from '../index.ts'
import * as t from '../table/t.ts'

/** What a recipient did, when and with which client. */
export interface SesInteraction {
  /** When it happened: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  readonly ipAddress?: string | null | undefined
  readonly userAgent?: string | null | undefined
}

/** The columns of a table of what recipients did, besides those of the message. */
export type InteractionColumns = {
  readonly ip_address: Column<string | null>
  readonly user_agent: Column<string | null>
}

/** Those columns, in their order. */
export function interactionColumns(): InteractionColumns {
  return {
    ip_address: t.nullable(t.string({ doc: 'Where the recipient, or a proxy, asked from' })),
    user_agent: t.nullable(t.string({ doc: 'The client, in its own words' })),
  }
}

/** What an interaction gives to a row besides its time. */
export interface InteractionValues {
  readonly ip_address: string | null
  readonly user_agent: string | null
}

/** Reads the columns that come from an interaction, which the event may lack. */
export function interactionValues(interaction: SesInteraction | null | undefined): InteractionValues {
  return {
    ip_address: interaction?.ipAddress ?? null,
    user_agent: interaction?.userAgent ?? null,
  }
}

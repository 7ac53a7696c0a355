import type { Column } from '../index.ts'
import * as t from '../table/t.ts'

/** An open or a click: when it happened, and with which client. */
export interface SesInteraction {
  /** When it happened: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  readonly ipAddress?: string | null | undefined
  readonly userAgent?: string | null | undefined
}

/** The columns of opens and clicks, after those of the message. */
export type InteractionColumns = {
  readonly ip_address: Column<string | null>
  readonly user_agent: Column<string | null>
}

/** Those columns, in their order. */
export function interactionColumns(): InteractionColumns {
  return {
    ip_address: t.nullable(t.string({ doc: 'The address of the recipient, or of a proxy' })),
    user_agent: t.nullable(t.string({ doc: 'The client, as it names itself' })),
  }
}

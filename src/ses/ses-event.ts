import type { allEvents } from './all-events.ts'

type Listed = (typeof allEvents)[number]

/** Any event that SES publishes. */
export type SesEvent = NonNullable<Listed['~event']>

/** The names of the event types, as SES writes them: `Rendering Failure` with a space, `DeliveryDelay` without. */
export type SesEventType = Listed['eventType']

/** The events of a type. */
export type SesEventOf<Type extends SesEventType> = Extract<SesEvent, { readonly eventType: Type }>

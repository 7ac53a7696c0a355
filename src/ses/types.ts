import type { Selection, Table } from '../index.ts'
import * as list from './list.ts'

type Listed = (typeof list)[keyof typeof list]

/** Every event that SES publishes. */
export type SesEvent = NonNullable<Listed['~event']>

/** The names of the event types, as SES writes them: `Rendering Failure` with a space, `DeliveryDelay` without. */
export type SesEventType = Listed['eventType']

/** The events of a type. */
export type SesEventOf<Type extends SesEventType> = Extract<SesEvent, { readonly eventType: Type }>

/** The table of a type. */
export type SesTableOf<Type extends SesEventType> = Extract<Listed, { readonly eventType: Type }>['table']

/** An event type where it does not matter which. */
export interface AnySesType {
  readonly eventType: SesEventType
  readonly table: Table
  readonly select?: Selection
  readonly toRow?: (event: never) => object
  readonly split?: (event: never) => readonly unknown[]
}

/** All event types. */
export const sesTypes: readonly AnySesType[] = Object.values(list)

/** The event types of the original pipeline: what a router has where nothing else is said. */
export const defaultEvents: readonly SesEventType[] = ['Send', 'Open', 'Click']

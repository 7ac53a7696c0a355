import { type ContenderSpec, DATABASE, type Handler } from '../contender.ts'
import { createSelectRouter } from '../select-router.ts'

// The router with select, whose compiled engine takes nearly every record.

/** Builds the handler. */
export function create({ eventTypes }: ContenderSpec): Handler {
  return createSelectRouter(DATABASE, eventTypes).handler()
}

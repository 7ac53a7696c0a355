import { type ContenderSpec, DATABASE, type Handler } from '../contender.ts'
import { createPlainHandler } from '../select-router.ts'

// The router with select, by its plain engine alone.

/** Builds the handler. */
export function create({ eventTypes }: ContenderSpec): Handler {
  return createPlainHandler(DATABASE, eventTypes)
}

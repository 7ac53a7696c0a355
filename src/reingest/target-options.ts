import { IcebergRouterError } from '../error.ts'
import { isObject, optional, type Rule, type Rules, ruleProblems, wholeNumber } from '../options.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Secret, secretProblems } from './signer.ts'

/** The options of every target besides its client. */
export interface TargetOptions {
  /**
   * Signs what is put back, so that a producer cannot forge it: at least 32 characters. A list while it is rotated: the first
   * secret signs, all of them verify. If it is given but undefined, such as an environment variable that is not set, the
   * target throws: nothing would be signed.
   */
  readonly secret?: Secret | undefined
  /** Calls at the same time; by default 4. */
  readonly maxCallsInFlight?: number
  /** Gives up a call after this and tries its records again, which may put them back twice; by default 10,000. */
  readonly callTimeoutMs?: number
  /** Stops this long before the time that the router leaves; by default 250. */
  readonly marginMs?: number
  /** Replaces time and chance in a test. */
  readonly clock?: Clock
}

const NO_SECRET =
  'secret: expected at least 32 characters, got undefined; set the variable that it comes from, or leave the option out to sign nothing'

/** Options with their defaults. */
export interface TargetSettings {
  readonly maxCallsInFlight: number
  readonly callTimeoutMs: number
  readonly marginMs: number
  readonly clock: Clock
}

type WithClient = TargetOptions & { readonly client: unknown }

const RULES: { readonly [Name in keyof Required<WithClient>]: Rule } = {
  client: [hasSend, 'an object with send(command)'],
  // A secret has separate messages, which never show it.
  secret: [() => true, 'a secret', (value) => (value === undefined ? [] : secretProblems(value))],
  maxCallsInFlight: optional(wholeNumber(1, 64)),
  callTimeoutMs: optional(wholeNumber(1, 300_000)),
  marginMs: optional(wholeNumber(0, 300_000)),
  clock: optional([isClock, 'an object with nowMs, sleep and random']),
}

/**
 * Checks the options of a target and adds the defaults.
 *
 * @param maker the function whose options these are
 * @param ownRules rules for options that only this target has
 * @throws IcebergRouterError `InvalidOptions`, with all problems
 */
export function settingsOf(maker: string, options: WithClient, ownRules: Rules = {}): TargetSettings {
  const problems = ruleProblems(options, { ...RULES, ...ownRules })
  if (isObject(options) && 'secret' in options && options.secret === undefined) problems.push(NO_SECRET)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', `${maker}:`, { problems })
  const { maxCallsInFlight = 4, callTimeoutMs = 10_000, marginMs = 250, clock = systemClock } = options
  return { maxCallsInFlight, callTimeoutMs, marginMs, clock }
}

function hasSend(client: unknown): boolean {
  return isObject(client) && typeof client['send'] === 'function'
}

function isClock(clock: unknown): boolean {
  return isObject(clock) && ['nowMs', 'sleep', 'random'].every((name) => typeof clock[name] === 'function')
}

import { IcebergRouterError } from '../error.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Secret, secretProblems } from './signer.ts'

/** What every target takes besides its client. */
export interface TargetOptions {
  /**
   * Signs what is put back, so that a producer cannot forge it: at least 32 characters. While it is rotated a list: the first
   * signs, all of them verify.
   */
  readonly secret?: Secret
  /** Calls at the same time; by default 4. */
  readonly maxCallsInFlight?: number
  /** Gives up a call after this and tries its records again, which may put them back twice; by default 10,000. */
  readonly callTimeoutMs?: number
  /** Stops this long before the time that the router leaves; by default 250. */
  readonly marginMs?: number
  /** Time and chance of a test. */
  readonly clock?: Clock
}

/** Options with their defaults. */
export interface TargetSettings {
  readonly maxCallsInFlight: number
  readonly callTimeoutMs: number
  readonly marginMs: number
  readonly clock: Clock
}

const COMMON = ['client', 'secret', 'maxCallsInFlight', 'callTimeoutMs', 'marginMs', 'clock']

/** The least and the most of each number. */
const RANGES: { readonly [Name in 'maxCallsInFlight' | 'callTimeoutMs' | 'marginMs']: readonly [number, number] } = {
  maxCallsInFlight: [1, 64],
  callTimeoutMs: [1, 300_000],
  marginMs: [0, 300_000],
}

/**
 * Options of a target, checked.
 *
 * @param maker the function whose options these are
 * @param own problems of, and names of, options that only this target has
 * @throws IcebergRouterError `InvalidOptions`, with all problems
 */
export function settingsOf(
  maker: string,
  options: TargetOptions & { readonly client: unknown },
  own: { readonly names: readonly string[]; readonly problems: readonly string[] } = { names: [], problems: [] },
): TargetSettings {
  const problems = isObject(options) ? [...optionProblems(options, own.names), ...own.problems] : ['expected options']
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', `${maker}:`, { problems })
  const { maxCallsInFlight = 4, callTimeoutMs = 10_000, marginMs = 250, clock = systemClock } = options
  return { maxCallsInFlight, callTimeoutMs, marginMs, clock }
}

function optionProblems(options: TargetOptions & { readonly client: unknown }, names: readonly string[]): string[] {
  const known = [...COMMON, ...names]
  const problems = Object.keys(options)
    .filter((key) => !known.includes(key))
    .map((key) => `unknown option "${key}"; there are ${known.join(', ')}`)
  if (!hasSend(options.client)) {
    problems.push(`client: expected an object with send(command), got ${typeof options.client}`)
  }
  if (options.secret !== undefined) problems.push(...secretProblems(options.secret))
  for (const name of ['maxCallsInFlight', 'callTimeoutMs', 'marginMs'] as const) {
    problems.push(...numberProblems(name, options[name], RANGES[name]))
  }
  return problems
}

/** What is wrong with an option that has to be a whole number. */
export function numberProblems(name: string, value: unknown, [least, most]: readonly [number, number]): string[] {
  if (value === undefined) return []
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return []
  return [`${name}: expected a whole number from ${least} to ${most}, got ${typeof value}`]
}

function hasSend(client: unknown): boolean {
  return isObject(client) && 'send' in client && typeof client.send === 'function'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

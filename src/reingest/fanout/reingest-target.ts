import { IcebergRouterError } from '../../error.ts'
import { type Rules, ruleProblems } from '../../options.ts'
import { localRun } from '../../router/local-run.ts'
import type { ReingestResult, ReingestTarget } from '../../router/target.ts'
import { fanout } from './fanout.ts'

/** The options of `reingestTarget`. */
export type ReingestTargetOptions = Pick<ReingestTarget, 'put' | 'signer'>

const RULES: Rules = {
  put: [isFunction, 'a function'],
  signer: [isSigner, 'an object with sign and verify, such as createSigner() returns'],
}

/** The result in a local run, which fails the record instead of calling a custom target that could write anywhere. */
const NOT_LOCAL: ReingestResult = { accepted: false, reason: 'LocalRun:a-custom-target-cannot-be-redirected' }

/**
 * Makes a custom target (a queue, another stream), with everything that the router needs to use it.
 *
 * @throws IcebergRouterError `InvalidOptions`, with all problems
 */
export function reingestTarget(options: ReingestTargetOptions): ReingestTarget {
  const problems = ruleProblems(options, RULES)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'reingestTarget:', { problems })
  const put: ReingestTarget['put'] = async (items, call) => {
    return localRun()?.send === undefined ? options.put(items, call) : items.map(() => NOT_LOCAL)
  }
  return { kind: 'reingest', ...options, put, '~fanout': fanout }
}

function isSigner(value: unknown): boolean {
  if (value === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  const { sign, verify } = value as { readonly [key: string]: unknown }
  return isFunction(sign) && isFunction(verify)
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

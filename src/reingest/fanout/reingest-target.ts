import { IcebergRouterError } from '../../error.ts'
import { type Rules, ruleProblems } from '../../options.ts'
import type { ReingestTarget } from '../../router/target.ts'
import { fanout } from './fanout.ts'

/** What `reingestTarget` takes. */
export type ReingestTargetOptions = Pick<ReingestTarget, 'put' | 'signer'>

const RULES: Rules = {
  put: [isFunction, 'a function'],
  signer: [isSigner, 'an object with sign and verify, such as createSigner() returns'],
}

/**
 * Makes a target of your own (a queue, another stream), with all that the router needs to use it.
 *
 * @throws IcebergRouterError `InvalidOptions`, with all problems
 */
export function reingestTarget(options: ReingestTargetOptions): ReingestTarget {
  const problems = ruleProblems(options, RULES)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'reingestTarget:', { problems })
  return { kind: 'reingest', ...options, '~fanout': fanout }
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

import type { Flow, Statement } from './statement.ts'

/** The objects of a bucket or of a folder in it, and the streams of a log group: no other wildcard is allowed. */
const NAMED_WILDCARD = /^(<>|arn:<>:s3:::<>)(\/[\w<>-]+)?\/\*$|^<>:\*$|:log-group:[^*]+:\*$/

/** Finds statements that name no resource, and actions that no step of the flow needs, or that one misses. */
export function checkStatements(statements: readonly Statement[], flows: { readonly [role: string]: Flow }): string[] {
  const roles = Object.entries(flows).flatMap(([role, flow]) => checkRole(statements, role, flow))
  return [...statements.flatMap(checkStatement), ...roles]
}

function checkStatement({ policy, effect, actions, resources, services }: Statement): string[] {
  if (services.length > 0 || effect === 'Deny') return []
  const loose = resources.filter((resource) => resource.includes('*') && !NAMED_WILDCARD.test(resource))
  return [
    ...(resources.length === 0 ? [`${policy}: ${actions.join(', ')} on nothing that is named`] : []),
    ...loose.map((resource) => `${policy}: ${actions.join(', ')} on ${resource}, which names no resource`),
    ...actions.filter((action) => action.includes('*')).map((action) => `${policy}: ${action} is not one action`),
  ]
}

function checkRole(statements: readonly Statement[], role: string, { service, conditions, actions }: Flow): string[] {
  const given = statements.filter(({ policy }) => policy === role).flatMap((statement) => statement.actions)
  const trust = statements.find(({ services }) => services.includes(service))
  const wanted = Object.keys(actions)
  return [
    ...given.filter((action) => !wanted.includes(action)).map((action) => `${role}: nothing needs ${action}`),
    ...wanted
      .filter((action) => !given.includes(action))
      .map((action) => `${role}: ${action} (${actions[action]}) is missing`),
    ...(trust === undefined ? [`${role}: nothing trusts ${service}`] : []),
    ...conditions
      .filter((key) => trust?.conditions.includes(key) === false)
      .map((key) => `${role}: its trust has no ${key}`),
  ]
}

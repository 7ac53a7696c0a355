import { toBodies, toBody } from '../terraform/load.ts'
import type { Statement } from './statement.ts'

/** Reads the statements of all roles, and of all policies beside them, of a CloudFormation template. */
export function cloudFormationStatements(template: object): Statement[] {
  const resources = Object.entries(toBody(toBody(template)['Resources']))
  return resources.flatMap(([id, resource]) => {
    const { Type, Properties } = toBody(resource)
    const body = toBody(Properties)
    const documents = [
      body['AssumeRolePolicyDocument'],
      ...toBodies(body['Policies']).map((each) => each['PolicyDocument']),
    ]
    if (/Policy$/.test(String(Type))) documents.push(body['PolicyDocument'])
    return documents.flatMap((document) => toBodies(toBody(document)['Statement'])).map((each) => toStatement(id, each))
  })
}

/** The roles by the names that they have in Terraform, too; anything else by its own id. */
function policyName(id: string): string {
  return /(Function|Stream|Ses)Role/.exec(id)?.[1]?.toLowerCase() ?? id
}

function toStatement(id: string, body: Readonly<Record<string, unknown>>): Statement {
  const { Service } = toBody(body['Principal'])
  return {
    policy: policyName(id),
    effect: body['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    // A trust policy's one action is nothing that the role itself may do.
    actions: Service === undefined ? list(body['Action']).map(text) : [],
    resources: list(body['Resource']).map(text),
    services: list(Service).map(text),
    conditions: Object.values(toBody(body['Condition'])).flatMap((each) => Object.keys(toBody(each))),
  }
}

function list(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** A string as it is; `Fn::Join` joined; any other function is something that is named. */
function text(value: unknown): string {
  if (typeof value === 'string') return value
  const join = toBody(value)['Fn::Join']
  return Array.isArray(join) ? list(join[1]).map(text).join(String(join[0])) : '<>'
}

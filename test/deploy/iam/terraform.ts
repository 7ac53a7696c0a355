import { type Body, type Configuration, toBodies, toBody } from '../terraform/load.ts'
import type { Statement } from './statement.ts'

/** Reads the statements of all `aws_iam_policy_document`s, as they are with one of the catalogs. */
export function terraformStatements({ declared }: Configuration, catalog: 'glue' | 's3tables'): Statement[] {
  return declared
    .filter(({ type }) => type === 'aws_iam_policy_document')
    .flatMap(({ name, body }) => {
      const dynamic = toBodies(toBody(body['dynamic'])['statement'])
        .filter((each) => isPresent(each['for_each'], catalog))
        .flatMap((each) => toBodies(each['content']))
      return [...toBodies(body['statement']), ...dynamic].map((statement) => toStatement(name, statement))
    })
}

/** The one condition that the example writes: `${var.catalog == "glue" ? [1] : []}`, or the other way round. */
function isPresent(condition: unknown, catalog: 'glue' | 's3tables'): boolean {
  const [, whenGlue] = /^\$\{var\.catalog == "glue" \? \[(1?)\] : \[1?\]\}$/.exec(String(condition)) ?? []
  if (whenGlue === undefined) throw new Error(`expected a condition on var.catalog, got ${String(condition)}`)
  return (whenGlue === '1') === (catalog === 'glue')
}

function toStatement(policy: string, body: Body): Statement {
  return {
    policy,
    effect: body['effect'] === 'Deny' ? 'Deny' : 'Allow',
    actions: strings(body['actions']),
    resources: strings(body['resources']).flatMap(resourcesIn),
    services: toBodies(body['principals'])
      .filter(({ type }) => type === 'Service')
      .flatMap(({ identifiers }) => strings(identifiers)),
    conditions: toBodies(body['condition']).map(({ variable }) => String(variable)),
  }
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
}

/** A string with templates, or an expression such as `concat(…)`, whose literals and attributes are what it names. */
function resourcesIn(text: string): string[] {
  if (!/^\$\{.*[([].*\}$/s.test(text)) return [blank(text)]
  const literals = [...text.matchAll(/"([^"]*[:*/][^"]*)"/g)].map((match) => blank(match[1] ?? ''))
  return [...literals, ...[...text.matchAll(/\.arn\b|_arn\b/g)].map(() => '<>')]
}

function blank(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, '<>')
}

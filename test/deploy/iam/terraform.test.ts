import { describe, expect, it } from 'vitest'
import { loadTerraform } from '../terraform/load.ts'
import { checkStatements } from './check.ts'
import { FLOWS, type Statement, UPKEEP } from './statement.ts'
import { terraformStatements } from './terraform.ts'

const configuration = await loadTerraform()

describe.each(['glue', 's3tables'] as const)('the roles of the Terraform, with the catalog %s', (catalog) => {
  const statements = terraformStatements(configuration, catalog)
  const flows = { ...FLOWS[catalog], upkeep: UPKEEP }

  it('may do what a step of the flow needs, on resources that are named, and nothing else', () => {
    expect(statements.filter(({ services }) => services.length > 0)).toHaveLength(4)
    expect(checkStatements(statements, flows)).toEqual([])
  })

  it.each<[string, Partial<Statement>, string]>([
    ['all buckets', { resources: ['arn:aws:s3:::*'] }, 'names no resource'],
    ['all tables', { resources: ['<>:table/*/*'] }, 'names no resource'],
    ['everything', { resources: ['*'] }, 'names no resource'],
    ['nothing', { resources: [] }, 'nothing that is named'],
    ['an action of no use', { actions: ['s3:DeleteBucket'] }, 'nothing needs s3:DeleteBucket'],
    ['many actions at once', { actions: ['glue:*'] }, 'is not one action'],
  ])('are found out when they may do more: %s', (_, change, problem) => {
    const more = { policy: 'stream', effect: 'Allow', actions: ['s3:GetObject'], resources: ['<>/*'] } as const
    const broken = [...statements, { ...more, services: [], conditions: [], ...change }]
    expect(checkStatements(broken, flows).join('\n')).toContain(problem)
  })

  it('are found out when they may do less, or trust everyone', () => {
    const less = statements.filter(({ actions }) => !actions.includes('firehose:PutRecordBatch'))
    const everyone = statements.map((each) => ({ ...each, conditions: [] }))
    expect(checkStatements(less, flows).join('\n')).toContain('firehose:PutRecordBatch')
    expect(checkStatements(everyone, flows)).toContain('ses: its trust has no aws:SourceArn')
  })
})

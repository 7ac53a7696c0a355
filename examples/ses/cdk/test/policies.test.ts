import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkStatements } from '../../../../test/deploy/iam/check.ts'
import { cloudFormationStatements } from '../../../../test/deploy/iam/cloudformation.ts'
import { FLOWS } from '../../../../test/deploy/iam/statement.ts'
import { synthesise } from './template.ts'

const CFN_LINT = join(import.meta.dirname, '../../../../test/deploy/.venv/bin/cfn-lint')

describe.each(['glue', 's3tables'] as const)('the stack, with the catalog %s', (catalog) => {
  it('has roles that may do what a step of the flow needs, and nothing else', async () => {
    const statements = cloudFormationStatements((await synthesise(catalog)).toJSON())
    expect(statements.filter(({ services }) => services.length > 0)).toHaveLength(3)
    expect(checkStatements(statements, FLOWS[catalog])).toEqual([])
  })

  it('has nothing that cfn-lint finds fault with', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'template-')), `${catalog}.json`)
    const template = await synthesise(catalog)
    writeFileSync(file, JSON.stringify(template.toJSON()))
    // W3005: the CDK itself writes down that a function waits for its role, which the reference to it says already.
    const args = ['--format', 'parseable', '--regions', 'us-east-1', '--ignore-checks', 'W3005', '--', file]
    const { stdout, stderr } = spawnSync(CFN_LINT, args, { encoding: 'utf8' })
    expect(`${stdout}${stderr}`).toBe('')
  })
})

it('cfn-lint finds a fault where there is one', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'template-')), 'broken.json')
  const Resources = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketNaem: 'x' } } }
  writeFileSync(file, JSON.stringify({ Resources }))
  expect(spawnSync(CFN_LINT, [file], { encoding: 'utf8' }).stdout).toContain('BucketNaem')
})

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

function run(command: string, cwd: string): string {
  // Without what the test runner adds, such as the commands of this repository.
  const PATH = (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.startsWith(ROOT))
    .join(':')
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH, NODE_OPTIONS: '', npm_config_update_notifier: 'false' },
  })
  if (status === 0) return stdout
  throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`)
}

/** The files of a clone, as they are now. */
function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'))
  const files = run('git ls-files -z --cached --others --exclude-standard', ROOT).split('\0')
  for (const file of files) {
    // A file that was deleted and not yet committed is still listed.
    if (file !== '' && existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(folder, file), { recursive: true })
  }
  return folder
}

it('the CDK app synthesises from a fresh clone with the commands of its README, and nothing else', () => {
  const readme = readFileSync(join(ROOT, 'examples/ses/README.md'), 'utf8')
  const block = /^```sh\n(cd examples\/ses\/cdk\n[\s\S]*?)^```$/m.exec(readme)?.[1] ?? ''
  expect(block).toMatch(/^npm ci\nnpx cdk synth --quiet\b.*\nnpx cdk deploy$/m)
  const folder = clone()
  run(block.replace(/^npx cdk deploy$/m, ''), folder)
  // Only the folder of the app was installed.
  expect(existsSync(join(folder, 'node_modules'))).toBe(false)
  const out = join(folder, 'examples/ses/cdk/cdk.out')
  const template: { Resources: Record<string, { Type: string; Metadata?: Record<string, string> }> } = JSON.parse(
    readFileSync(join(out, 'SesEvents.template.json'), 'utf8'),
  )
  const types = Object.values(template.Resources).map(({ Type }) => Type)
  expect(types.filter((type) => type === 'AWS::KinesisFirehose::DeliveryStream')).toHaveLength(1)
  expect(types.filter((type) => type === 'AWS::Glue::Table')).toHaveLength(3)
  // The function's code is the bundle that the app has just made.
  const assets = readdirSync(out).filter((name) => existsSync(join(out, name, 'handler.mjs')))
  expect(assets).toHaveLength(1)
})

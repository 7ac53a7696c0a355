import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** What each script writes. */
const scripts = {
  draw: ['tools/draw.ts', 'docs/img'],
  api: ['tools/write-api.ts', 'api'],
  'build:wasm': ['tools/build-wasm.ts', 'src/scan'],
} as const

describe.each(Object.entries(scripts))('npm run %s', (name, [file, folder]) => {
  const writtenAt = (): readonly number[] =>
    readdirSync(join(ROOT, folder)).map((entry) => statSync(join(ROOT, folder, entry)).mtimeMs)

  it('writes nothing when it is asked for help', () => {
    const before = writtenAt()
    expect(run(file, '--help')).toEqual({ status: 0, out: expect.stringContaining(`npm run ${name}\n\n`), err: '' })
    expect(writtenAt()).toEqual(before)
  })
})

it('a script without options refuses arguments', () => {
  expect(run(scripts.draw[0], 'other')).toEqual({
    status: 2,
    out: '',
    err: expect.stringMatching(/^npm run draw: expected no arguments, got 1\n\nnpm run draw\n/),
  })
})

function run(file: string, argument: string) {
  const args = ['--import', 'tsx', join(ROOT, file), argument]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
  return { status, out: stdout, err: stderr }
}

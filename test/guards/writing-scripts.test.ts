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

  it.each([
    ['--help', 0],
    ['other', 2],
  ] as const)('writes nothing when it is given %s, and ends with %i', (argument, status) => {
    const before = writtenAt()
    const result = spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, file), argument], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    const [said, silent] = status === 0 ? [result.stdout, result.stderr] : [result.stderr, result.stdout]
    expect({ status: result.status, silent }).toEqual({ status, silent: '' })
    expect(said).toContain(`npm run ${name}\n\n`)
    expect(writtenAt()).toEqual(before)
  })
})

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
/** Inside the repository, so that the package's own name resolves; ignored by git. */
const FOLDER = join(ROOT, 'test/.generated')

/** A page whose TypeScript blocks, one after the other, are one module. */
interface Page {
  readonly name: string
  readonly module: string
  readonly code: string
}

const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`), 'examples/ses/README.md']
  .filter((name) => name.endsWith('.md'))
  .map(readPage)
  .filter(({ code }) => code !== '')

function readPage(name: string): Page {
  const text = readFileSync(join(ROOT, name), 'utf8')
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1])
  return { name, module: join(FOLDER, `${name.replace(/\W/g, '-')}.ts`), code: blocks.join('\n') }
}

beforeAll(() => {
  vi.stubEnv('REINGEST_SECRET', 'a secret for the snippets of the docs')
  mkdirSync(FOLDER, { recursive: true })
  for (const { module, code } of pages) writeFileSync(module, `${code}\nexport {}\n`)
})

afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(FOLDER, { recursive: true, force: true })
})

/** The project's own flags, except for names that a snippet does not use. */
const TSCONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    noUnusedLocals: false,
    noUnusedParameters: false,
    isolatedDeclarations: false,
    declaration: false,
  },
  include: ['*.ts'],
  exclude: [],
}

/** The errors that the compiler finds in the snippets. `npm run typecheck` checks everything else. */
function compile(): string[] {
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(TSCONFIG))
  const compiler = join(ROOT, 'node_modules/typescript-7/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', FOLDER, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: ROOT,
  })
  return stdout.split('\n').filter((line) => line.startsWith('test/.generated/'))
}

describe('the snippets of the documentation', () => {
  it('compile', () => {
    expect(pages.length).toBeGreaterThan(6)
    expect(compile()).toEqual([])
  })

  it.each(pages.map((page) => [page.name, page] as const))('run: %s', async (_, { module }) => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    await import(module)
    print.mockRestore()
  })
})

describe('the README', () => {
  it('shows a whole handler within its first 50 words', () => {
    const [prose = '', code = ''] = readFileSync(join(ROOT, 'README.md'), 'utf8').split(/^```(?:ts)?\n/m)
    expect(prose.split(/\s+/).filter((word) => /\w/.test(word)).length).toBeLessThanOrEqual(50)
    expect(code).toContain('export const handler = router.handler()')
  })
})

describe('the documentation', () => {
  it('explains every failure code, and no other', () => {
    const codes = ['outcome/outcome.ts', 'firehose/decode.ts', 'table/row-issue.ts'].flatMap((path) => {
      const source = readFileSync(join(ROOT, 'src', path), 'utf8')
      return [...source.matchAll(/^ {2}\| '(\w+)'$/gm)].map((match) => match[1])
    })
    const explained = [...readFileSync(join(ROOT, 'docs/outcomes.md'), 'utf8').matchAll(/^\| `(\w+)` \|/gm)].map(
      (match) => match[1],
    )
    expect([...new Set(explained)].sort()).toEqual([...new Set(codes)].sort())
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const TESTS = join(import.meta.dirname, '..')
/** Those run on their own, with what they install. */
const APART = /^(?:mutation|deploy|interop|package|blueprint)\//

it('tests that load modules anew, or replace WebAssembly, leave no module behind for the next file', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.test.ts') && !APART.test(name) && !name.endsWith('fresh-modules.test.ts'),
  )
  const texts = files.map((name) => [name, readFileSync(join(TESTS, name), 'utf8')] as const)
  expect(texts.filter(([, text]) => text.includes('vi.resetModules')).map(([name]) => name)).toEqual([])
  const stubs = texts.filter(([, text]) => /stubGlobal\('WebAssembly'/.test(text))
  expect(stubs.length).toBeGreaterThan(2)
  for (const [name, text] of stubs) expect(text, name).toContain('useFreshModules()')
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apiPages } from '../../tools/api.ts'

const ROOT = join(import.meta.dirname, '../..')
const pages = apiPages()

describe('the declarations of the entries', () => {
  it.each(pages.map(({ path, text }) => [path, text] as const))(
    'are those in %s; `npm run api` updates it',
    (path, text) => {
      expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text)
    },
  )

  it('have a page for each entry, and no page more', () => {
    expect(
      readdirSync(join(ROOT, 'api'))
        .map((name) => `api/${name}`)
        .sort(),
    ).toEqual(pages.map(({ path }) => path).sort())
  })

  it('stay few in the core', () => {
    const [core = ''] = pages.map(({ text }) => text.split('// Named by')[0])
    const values = core.match(/^export (?:\* as|const|function|class) \w+/gm) ?? []
    const types = core.match(/^export (?:interface|type) \w+/gm) ?? []
    expect(new Set(values).size).toBeLessThanOrEqual(18)
    expect(new Set(types).size).toBeLessThanOrEqual(60)
  })
})

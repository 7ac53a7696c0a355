import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toSettings } from '../../src/router/settings.ts'

const ROOT = join(import.meta.dirname, '../..')
const page = readFileSync(join(ROOT, 'docs/options.md'), 'utf8')

/** The rows of the table below a heading: the name of each option and its other cells. */
function optionsBelow(heading: string): ReadonlyMap<string, readonly string[]> {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const rows = [...section.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)]
  return new Map(rows.map(([, name = '', cells = '']) => [name, cells.split(' | ')]))
}

/** The names that a checker of options has a rule for. */
function rulesOf(path: string): string[] {
  const source = readFileSync(join(ROOT, path), 'utf8')
  const rules = /^const RULES\b.*? = \{\n(.*?)^\}$/ms.exec(source)?.[1] ?? ''
  return [...rules.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name)
}

describe('docs/options.md', () => {
  it.each([
    ['Of the router', 'src/router/options.ts'],
    ['Of a route', 'src/router/route-options.ts'],
  ])('has every option, and no other: %s', (heading, path) => {
    const rules = rulesOf(path)
    expect(rules.length).toBeGreaterThan(5)
    expect([...optionsBelow(heading).keys()].sort()).toEqual(rules.sort())
  })

  it('has the defaults of the code', () => {
    const settings = toSettings({ database: 'db' })
    const options = optionsBelow('Of the router')
    const shown = (name: string): string => options.get(name)?.[1] ?? ''
    for (const name of ['responseBudgetBytes', 'concurrency', 'deadlineMarginMs'] as const) {
      expect(shown(name)).toBe(settings[name].toLocaleString('en-US'))
    }
    expect(shown('overflow')).toBe(`\`'${settings.overflow}'\``)
    expect(settings.onFailedBatch).toHaveLength(1)
    expect([settings.reingest, settings.onFailure, settings.onBatch]).toEqual([undefined, undefined, []])
  })
})

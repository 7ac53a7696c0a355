import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { barsOf } from '../../bench/bars.ts'
import { readOptions } from '../../bench/options.ts'
import { writeFigures } from '../../bench/page.ts'
import { printBars } from '../../bench/print.ts'

const DOCS = join(import.meta.dirname, '../../docs')

/** A result of the typical experiment, or of the cold one. */
function result(
  experiment: string,
  contender: string,
  median: number,
): Parameters<typeof writeFigures>[1]['results'][0] {
  const shape = experiment === 'cold' ? '10 × 500 records' : '1,000 records'
  return { experiment, shape, contender, ratio: { median, min: median, max: median } }
}

const figures = {
  version: 'v22.1.0',
  machine: 'a machine, 3 rounds',
  tables: ['### Records in a batch\n\n| shape |\n| --- |\n| 100 records |\n'],
  bars: printBars(barsOf('v22.1.0', [])),
  results: [result('typical', 'tuned', 1), result('typical', 'scan', 0.25), result('cold', 'tuned', 1)],
  contenders: [
    { name: 'tuned', label: 'tuned loop by hand' },
    { name: 'scan', label: 'router, select, compiled engine' },
  ],
}

describe('npm run bench -- --write', () => {
  it('writes the page and the charts of one Node, and leaves those of others alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'figures-'))
    writeFileSync(join(folder, 'node-20.md'), 'older')
    writeFigures(folder, figures)
    expect(readdirSync(folder).sort()).toEqual(['node-20.md', 'node-22-cold.svg', 'node-22.md', 'node-22.svg'])
    expect(readFileSync(join(folder, 'node-20.md'), 'utf8')).toBe('older')
    const page = readFileSync(join(folder, 'node-22.md'), 'utf8')
    expect(page).toMatch(/^# Figures of Node v22\.1\.0\n/)
    expect(page).toContain('a machine, 3 rounds')
    expect(page).toContain('\n## Records in a batch\n\n| shape |')
    expect(page).toContain('not measured')
  })

  it('draws each contender as long as its ratio', () => {
    const folder = mkdtempSync(join(tmpdir(), 'figures-'))
    writeFigures(folder, figures)
    const chart = readFileSync(join(folder, 'node-22.svg'), 'utf8')
    const widths = [...chart.matchAll(/class="bar (\w+)" x="\d+" y="\d+" width="(\d+)"/g)].map(([, look, width]) => [
      look,
      Number(width),
    ])
    expect(widths).toEqual([
      ['plain', 440],
      ['ours', 110],
    ])
    expect(chart).toContain('>router, select, compiled engine</text>')
    expect(chart).toContain('>0.25</text>')
  })

  it('refuses to write a page with some of the experiments only', () => {
    expect(() => readOptions(['--write', '--only', 'cold'], ['cold'])).toThrow(
      '--write: expected all experiments, got --only',
    )
    expect(readOptions(['--write'], ['cold']).write).toBe(true)
  })
})

describe('docs/performance.md', () => {
  const page = readFileSync(join(DOCS, 'performance.md'), 'utf8')

  it('has the bars that are checked', () => {
    const limits = (version: string): Map<string, string> =>
      new Map(barsOf(version, []).map(({ text, limit }) => [text, `≤ ${limit.toFixed(2)}`]))
    const [old, later] = [limits('v20.1.0'), limits('v22.1.0')]
    const shown = [...page.matchAll(/^\| ([^|]+) \| (≤ [\d.]+|–) \| (≤ [\d.]+|–) \|$/gm)].map((match) => match.slice(1))
    expect(shown).toEqual([...later].map(([text, limit]) => [text, old.get(text) ?? '–', limit]))
  })

  it('links to the figures of every Node that has some', () => {
    for (const name of readdirSync(join(DOCS, 'performance'))) {
      if (name.endsWith('.md')) expect(page).toContain(`](performance/${name})`)
    }
  })

  it('is a page, not a book', () => {
    expect(page.split('\n').length).toBeLessThan(100)
  })
})

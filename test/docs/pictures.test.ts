import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawPictures } from '../../tools/pictures/index.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const pictures = drawPictures(read('CONTRIBUTING.md'))

describe('the pictures of the documentation', () => {
  it('are those that npm run draw writes', () => {
    expect(readdirSync(join(ROOT, 'docs/img')).sort()).toEqual([...pictures.keys()].sort())
    for (const [name, svg] of pictures) expect(read(`docs/img/${name}`) === svg, `${name}: run npm run draw`).toBe(true)
  })

  it('are each on a page, with a description', () => {
    const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)]
    const text = pages
      .filter((name) => name.endsWith('.md'))
      .map(read)
      .join('\n')
    for (const name of pictures.keys()) expect(text).toMatch(new RegExp(`!\\[[^\\]]{20,}\\]\\((docs/)?img/${name}\\)`))
  })

  it.each([...pictures])('have colours for light and dark, and text inside the frame: %s', (_, svg) => {
    expect(svg).toContain('prefers-color-scheme: dark')
    const [, width = 0, height = 0] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.map(Number) ?? []
    const texts = [...svg.matchAll(/<text class="(\w*)" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]*)</g)]
    expect(texts.length).toBeGreaterThan(10)
    for (const [, look = '', x = '', y = '', anchor = '', line = ''] of texts) {
      const textWidth = line.length * (look === 'note' ? 6.6 : 8)
      const left = Number(x) - textWidth * (anchor === 'middle' ? 0.5 : anchor === 'end' ? 1 : 0)
      expect(left, line).toBeGreaterThan(0)
      expect(left + textWidth, line).toBeLessThan(width)
      expect(Number(y), line).toBeLessThan(height)
    }
  })
})

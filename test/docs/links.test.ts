import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'examples/ses/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'))

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

/** The names under which GitHub links to the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replace(/ /g, '-'),
  )
}

function isBroken(page: string, path: string, anchor: string | undefined): boolean {
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(ROOT, target))) return true
  return anchor !== undefined && !anchorsOf(target).includes(anchor)
}

describe('the documentation', () => {
  it.each(pages)('links to pages, pictures and headings that exist: %s', (page) => {
    const broken = [...read(page).matchAll(/\]\(([^):]*?)(?:#([^)]*))?\)/g)].flatMap(([link, path = '', anchor]) =>
      isBroken(page, path, anchor) ? [link] : [],
    )
    expect(broken).toEqual([])
  })

  it.each(pages)('names files that exist: %s', (page) => {
    const named = [...read(page).matchAll(/`((?:src|test|bench|tools|docs|examples)\/[\w./-]+)`/g)]
    expect(named.flatMap(([, path = '']) => (existsSync(join(ROOT, path)) ? [] : [path]))).toEqual([])
  })

  it('is reached from the README, every page of it', () => {
    const missing = pages.filter((page) => {
      if (page === 'README.md') return false
      if (page.startsWith('docs/performance/')) return !read('docs/performance.md').includes(page.slice('docs/'.length))
      return !read('README.md').includes(`](${page}`)
    })
    expect(missing).toEqual([])
  })
})

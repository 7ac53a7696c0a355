import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { pack, project, ROOT } from './packed.ts'

/** The package in `node_modules`. */
let folder = ''

beforeAll(() => {
  folder = join(project([pack()]), 'node_modules/firehose-iceberg-router')
})

const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

/** The names under which a heading is linked to. */
function anchorsOf(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.*)$/gm)]
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replace(/ /g, '-'),
  )
}

/** The relative links of a page: of its text, its pictures and its HTML. */
function linksOf(page: string): string[] {
  const text = read(page).replace(/^```[\s\S]*?^```$/gm, '')
  const links = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)|\b(?:src|href|srcset)="([^"]+)"/g)]
  return links.map(([, markdown, html]) => markdown ?? html ?? '').filter((link) => !/^[a-z]+:/.test(link))
}

function isBroken(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(folder, target))) return true
  return anchor !== undefined && !anchorsOf(target).includes(anchor)
}

describe('the documentation in node_modules', () => {
  it('has the README and every page of docs', () => {
    const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    expect(pages.length).toBeGreaterThan(20)
    expect(
      ['README.md', ...pages.map((page) => `docs/${page}`)].filter((page) => !existsSync(join(folder, page))),
    ).toEqual([])
  })

  it('has no link to anything that is not there', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
    const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page, link })))
    expect(links.length).toBeGreaterThan(100)
    expect(links.filter(({ page, link }) => isBroken(page, link))).toEqual([])
  })

  it('brings no file that was only built or installed here', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(
      files.filter((file) => /node_modules|cdk\.out|\.terraform|examples\/ses\/dist|\.env|\.tfstate/.test(file)),
    ).toEqual([])
  })
})

it('the manifest says where the package is from, so that a package page can resolve the links of the README', () => {
  const { repository, homepage, bugs, files } = JSON.parse(read('package.json'))
  const [, address] = /^git\+(https:\/\/github\.com\/[\w-]+\/[\w-]+)\.git$/.exec(repository.url) ?? []
  expect({ type: repository.type, homepage, bugs }).toEqual({
    type: 'git',
    homepage: `${address}#readme`,
    bugs: `${address}/issues`,
  })
  expect(files).toContain('docs')
})

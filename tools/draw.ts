import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawPictures } from './pictures/index.ts'

// `npm run draw`: writes the pictures of the documentation. A test compares them with what is committed.

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/img')
mkdirSync(folder, { recursive: true })
for (const [name, svg] of drawPictures(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))) {
  writeFileSync(join(folder, name), svg)
}

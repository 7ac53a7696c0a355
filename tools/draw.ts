import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeNoArguments } from './no-arguments.ts'
import { drawPictures } from './pictures/index.ts'

// A test compares them with what is committed.
takeNoArguments('draw', 'Writes the pictures of the documentation to docs/img.')

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/img')
mkdirSync(folder, { recursive: true })
for (const [name, svg] of drawPictures(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))) {
  writeFileSync(join(folder, name), svg)
}

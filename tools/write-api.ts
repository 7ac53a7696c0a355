import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { apiPages } from './api.ts'
import { takeNoArguments } from './no-arguments.ts'

takeNoArguments(
  'api',
  'Writes the declarations of every entry to api/, so that a change of the surface shows in review.',
)

const ROOT = resolve(import.meta.dirname, '..')

rmSync(join(ROOT, 'api'), { recursive: true, force: true })
mkdirSync(join(ROOT, 'api'))
for (const { path, text } of apiPages()) writeFileSync(join(ROOT, path), text)

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { emitDeclarations, withEndings } from './declarations.ts'

// `npm run build:types`: the declarations of the package, for ES modules (.d.ts) and for CommonJS (.d.cts).

const ROOT = resolve(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'dist/types')

interface Manifest {
  readonly exports: { readonly [entry: string]: string | { readonly import: { readonly types: string } } }
}

/** The entries, as package.json names their declarations: `./dist/types/router/route.d.ts` is `src/router/route.ts`. */
function entries(): string[] {
  const { exports }: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return Object.values(exports).flatMap((entry) => {
    if (typeof entry === 'string') return []
    const [, name] = /^\.\/dist\/types\/(.*)\.d\.ts$/.exec(entry.import.types) ?? []
    if (name === undefined) {
      throw new Error(`package.json: expected types in ./dist/types and ending in .d.ts, got ${entry.import.types}`)
    }
    return [name]
  })
}

rmSync(FOLDER, { recursive: true, force: true })
for (const { name, text } of emitDeclarations(entries())) {
  const path = join(FOLDER, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.d.ts`, withEndings(text, 'js'))
  writeFileSync(`${path}.d.cts`, withEndings(text, 'cjs'))
}

import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A hook that resolves or loads a module, as `node:module` calls it; newer than the types of the oldest Node that runs this. */
interface Hooks {
  readonly resolve: (specifier: string, context: { readonly parentURL?: string }, next: Next) => unknown
  readonly load: (url: string, context: object, next: Next) => unknown
}

type Next = (name: string, context: object) => unknown
type RegisterHooks = (hooks: Hooks) => unknown
type Module = { readonly [name: string]: unknown }

const TYPESCRIPT = /\.[mc]?ts$/
/** The source files that a compiled name may stand for, in the order of the search. */
const SOURCES: readonly (readonly [compiled: RegExp, source: string])[] = [
  [/\.js$/, '.ts'],
  [/\.mjs$/, '.mts'],
  [/\.cjs$/, '.cts'],
  [/$/, '.ts'],
  [/$/, '/index.ts'],
]
const MODULE_SYNTAX =
  /^\s*(?:import\s*[\w{*'"]|export\s+(?:default|const|let|var|function|async|class|type|interface|enum|\{|\*))/m

/** Checks by its name whether a file is TypeScript. */
export function isTypeScript(path: string): boolean {
  return TYPESCRIPT.test(path)
}

let isPrepared = false

/**
 * Lets Node run TypeScript as it is written: `import './tables.js'` finds `tables.ts`, and a file with `import` and
 * `export` is a module although `npm init` wrote `"type": "commonjs"`. Does nothing if Node does not strip types.
 */
export function prepareTypeScript(): void {
  const { registerHooks } = nodeModule as { readonly registerHooks?: RegisterHooks }
  const strips = Boolean((process.features as { readonly typescript?: unknown }).typescript)
  if (isPrepared || !strips || registerHooks === undefined) return
  isPrepared = true
  registerHooks({ resolve: resolveSource, load: loadAsModule })
}

const resolveSource: Hooks['resolve'] = (specifier, context, next) => {
  try {
    return next(specifier, context)
  } catch (error) {
    if (!/^\.{0,2}\//.test(specifier) || !isTypeScript(context.parentURL ?? '')) throw error
    for (const [compiled, source] of SOURCES) {
      const resolved = compiled.test(specifier) && attempt(() => next(specifier.replace(compiled, source), context))
      if (resolved) return resolved
    }
    throw error
  }
}

function attempt(work: () => unknown): unknown {
  try {
    return work()
  } catch {
    return undefined
  }
}

const loadAsModule: Hooks['load'] = (url, context, next) => {
  const isOurs = url.startsWith('file:') && url.endsWith('.ts') && !url.includes('/node_modules/')
  if (!isOurs || !MODULE_SYNTAX.test(readFileSync(fileURLToPath(url), 'utf8'))) return next(url, context)
  return next(url, { ...context, format: 'module-typescript' })
}

/** Node's error codes for TypeScript that it cannot run without a compiler. */
const NEEDS_COMPILER = ['ERR_UNKNOWN_FILE_EXTENSION', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX']

/** Checks whether a module failed to load because it has to be compiled first; none of its code has run then. */
export function needsCompiler(error: unknown): boolean {
  const { code } = Object(error) as { readonly code?: unknown }
  return NEEDS_COMPILER.includes(String(code)) || isMissingType(error)
}

/** A type that is imported without `import type` is looked for among the values. */
function isMissingType(error: unknown): boolean {
  return error instanceof SyntaxError && error.message.includes('does not provide an export named')
}

/** Loads a module through tsx, if it is installed beside the module or in the working folder; undefined if it is not. */
export async function loadThroughTsx(path: string): Promise<Module | undefined> {
  const api = findTsx([resolve(path), resolve('package.json')])
  if (api === undefined) return undefined
  const { tsImport } = await import(pathToFileURL(api).href)
  return tsImport(pathToFileURL(resolve(path)).href, import.meta.url)
}

function findTsx(from: readonly string[]): string | undefined {
  for (const file of from) {
    const resolved = attempt(() => nodeModule.createRequire(file).resolve('tsx/esm/api'))
    // `require` finds the CommonJS form, whose own import() does not find its loader.
    if (typeof resolved === 'string') return resolved.replace(/\.cjs$/, '.mjs')
  }
  return undefined
}

/** Says what to do about TypeScript that does not run. */
export function typeScriptHint(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown }
  if (isMissingType(error)) return ': import types with "import type", or npm install --save-dev tsx'
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    const what = 'it has an enum, a namespace or a parameter property, which Node does not compile'
    return `: ${what}; npm install --save-dev tsx, or build it and name the built file`
  }
  const remedy = 'use Node 22.18 or later, or npm install --save-dev tsx, or build it and name the built file'
  return `: this Node (${process.versions.node}) does not run TypeScript; ${remedy}`
}

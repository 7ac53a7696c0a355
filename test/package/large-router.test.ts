import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FILE = join(ROOT, 'test/types/generated-routes.ts')

/** A router with a route, a table and an event type for each number, as a large team would have it. */
function routerOf(routes: number, howOf: (n: number) => string = transformOf): string {
  const numbers = Array.from({ length: routes }, (_, number) => number)
  return [
    `import { createIcebergRouter, defineTable, select, t } from 'firehose-iceberg-router'`,
    ...numbers.map(
      (
        n,
      ) => `interface E${n} { type: 'T${n}'; mail: { id: string; tags: Record<string, string[]> }; p${n}: { at: string; v?: 'a' | 'b' } }
const table${n} = defineTable({ name: 't${n}', columns: { id: t.string(), at: t.timestamp(), v: t.nullable(t.string()), tags: t.json(), p: t.struct({ at: t.string(), v: t.nullable(t.string({ default: 'a' })) }) } })`,
    ),
    `export const router = createIcebergRouter<${numbers.map((n) => `E${n}`).join(' | ')}>({ database: 'db' })`,
    ...numbers.map((n) => `.on({ type: 'T${n}' }, { table: table${n}, ${howOf(n)} })`),
    '.exhaustive()',
  ].join('\n')
}

function transformOf(n: number): string {
  return `transform: (event) => ({ id: event.mail.id, at: event.p${n}.at, v: event.p${n}.v ?? null, tags: event.mail.tags, p: event.p${n} })`
}

function selectOf(n: number): string {
  return `transform: select({ id: 'mail.id', at: 'p${n}.at', v: 'p${n}.v', tags: 'mail.tags', p: 'p${n}' })`
}

/** What every check reads again: the package and the libraries. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** Type-checks a module and tells what it found, what it cost and how long it took. */
function check(code: string): { errors: string[]; instantiations: number; durationMs: number } {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const settings = { ...options, isolatedDeclarations: false, declaration: false, noUnusedLocals: false }
  const host = ts.createCompilerHost(settings)
  const { getSourceFile } = host
  host.getSourceFile = (name, target) => {
    if (name === FILE) return ts.createSourceFile(name, code, target)
    const file = parsed.get(name) ?? getSourceFile.call(host, name, target)
    parsed.set(name, file)
    return file
  }
  const program = ts.createProgram([FILE], settings, host)
  const startedAt = performance.now()
  // The sources of the package are checked by `npm run typecheck`.
  const errors = program
    .getSemanticDiagnostics(program.getSourceFile(FILE))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  return { errors, instantiations: program.getInstantiationCount(), durationMs: performance.now() - startedAt }
}

describe('the types of a large router', () => {
  it.each([
    ['a transform', transformOf],
    ['a select', selectOf],
  ])('stay cheap at 50 routes with %s', (_, howOf) => {
    const [small, large] = [check(routerOf(10, howOf)), check(routerOf(50, howOf))]
    expect([...small.errors, ...large.errors]).toEqual([])
    // Counted, not timed: on a quiet machine 50 routes take about a second, most of it for the libraries' own types.
    expect(large.instantiations).toBeLessThan(400_000)
    console.log(
      `50 routes: ${large.instantiations} instantiations, ${Math.round(large.durationMs)} ms; 10: ${small.instantiations}`,
    )
  })

  it('see the route that is missing among 50', () => {
    const { errors } = check(routerOf(50).replace(/\.on\(\{ type: 'T17' \}.*\n/, ''))
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain('E17')
  })
})

import { join } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FILE = join(ROOT, 'test/types/generated-messages.ts')

const BEFORE = `import { createIcebergRouter, defineTable, rowTo, s, select, t } from 'firehose-iceberg-router'
interface Sale { type: 'sale'; id: string; total: number; note?: string; items: { sku: string }[] }
const sales = defineTable({ name: 'sales', columns: { id: t.string(), total: t.long() } })
const router = createIcebergRouter<Sale>({ database: 'shop' })
const sale = { type: 'sale' } as const
`

/** Mistakes, one a line, and what the compiler says: the text that it underlines, its message, and the end of its reasons. */
const MISTAKES = {
  'a column forgotten in a select': `router.on(sale, { table: sales, transform: select({ id: 'id' }) })`,
  'a column misspelt in a select': `router.on(sale, { table: sales, transform: select({ id: 'id', totl: 'total' }) })`,
  'a column too many in a select': `router.on(sale, { table: sales, transform: select({ id: 'id', total: 'total', note: 'note' }) })`,
  'a path that the event does not have': `router.on(sale, { table: sales, transform: select({ id: 'idd', total: 'total' }) })`,
  'a source of another type': `router.on(sale, { table: sales, transform: select({ id: 'id', total: 'id' }) })`,
  'a source that may be missing': `router.on(sale, { table: sales, transform: select({ id: 'note', total: 'total' }) })`,
  'a select in otherwise': `router.otherwise({ table: sales, transform: select({ id: s.constant('a') }) })`,
  'a column misspelt in a row': `router.on(sale, { table: sales, transform: (event) => ({ id: event.id, totl: event.total }) })`,
  'a column too many in a row': `router.on(sale, { table: sales, transform: ({ id, total }) => ({ id, total, note: 'n' }) })`,
  'a column forgotten in a row': `router.on(sale, { table: sales, transform: ({ id }) => ({ id }) })`,
  'a value of another type in a row': `router.on(sale, { table: sales, transform: ({ id }) => ({ id, total: id }) })`,
  'a misspelt column in rowTo': `rowTo(sales, { id: 'a', totl: 1 })`,
  'several rows without a target': `router.on(sale, { table: sales, transform: ({ items }) => items.map(({ sku }) => ({ id: sku, total: 1 })) })`,
  'an update without keys': `router.on(sale, { table: sales, operation: 'update', transform: ({ id, total }) => ({ id, total }) })`,
  'an update by select without keys': `router.on(sale, { table: sales, operation: 'update', transform: select({ id: 'id', total: 'total' }) })`,
  'an update by rowTo without keys': `rowTo(sales, { id: 'a', total: 1 }, 'update')`,
}

type Mistake = keyof typeof MISTAKES

interface Message {
  readonly code: number
  readonly at: string
  readonly text: string
}

const found = new Map<string, Message[]>()

beforeAll(() => {
  const code = `${BEFORE}${Object.values(MISTAKES).join('\n')}\n`
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const settings = { ...options, isolatedDeclarations: false, declaration: false, noUnusedLocals: false, types: [] }
  const host = ts.createCompilerHost(settings)
  const { getSourceFile } = host
  host.getSourceFile = (name, target) =>
    name === FILE ? ts.createSourceFile(name, code, target, true) : getSourceFile.call(host, name, target)
  const program = ts.createProgram([FILE], settings, host)
  const file = program.getSourceFile(FILE)
  const lines = Object.keys(MISTAKES)
  const first = BEFORE.split('\n').length - 1
  for (const { code: number, start = 0, length = 0, messageText } of program.getSemanticDiagnostics(file)) {
    const line = ts.getLineAndCharacterOfPosition(file as ts.SourceFile, start).line
    const title = lines[line - first] ?? `line ${line + 1}`
    const text = ts.flattenDiagnosticMessageText(messageText, '\n')
    const message = { code: number, at: code.slice(start, start + length), text }
    found.set(title, [...(found.get(title) ?? []), message])
  }
}, 60_000)

describe('the compiler', () => {
  it('reports each mistake once, and never as a type that is too deep', () => {
    expect([...found].map(([title, messages]) => [title, messages.length])).toEqual(
      Object.keys(MISTAKES).map((title) => [title, 1]),
    )
    expect([...found.values()].flat().filter(({ code }) => code === 2589 || code === 2590)).toEqual([])
  })

  const NO_COLUMN = (type: string, name: string): string =>
    `Type '${type}' is not assignable to type 'NoSuchColumn<"${name}">'.`
  const SELECTED = (source: string, reason: string): string =>
    `Type '"${source}"' is not assignable to type '"${source}" & ${reason}'.\n  Type 'string' is not assignable to type '${reason}'.`
  const exact: readonly (readonly [Mistake, at: string, text: string])[] = [
    ['a column misspelt in a select', 'totl', SELECTED('total', 'NoSuchColumn<"totl">')],
    ['a column too many in a select', 'note', SELECTED('note', 'NoSuchColumn<"note">')],
    ['a path that the event does not have', 'id', SELECTED('idd', 'NotInEvent<"idd">')],
    ['a source of another type', 'total', SELECTED('id', 'DoesNotFit<string>')],
    ['a source that may be missing', 'id', SELECTED('note', 'DoesNotFit<string | undefined>')],
    ['a column misspelt in a row', 'totl', NO_COLUMN('number', 'totl')],
    ['a column too many in a row', 'note', NO_COLUMN('string', 'note')],
    ['a value of another type in a row', 'total', `Type 'string' is not assignable to type 'number | bigint'.`],
    ['a misspelt column in rowTo', 'totl', NO_COLUMN('number', 'totl')],
  ]

  it.each(exact)('names %s', (mistake, at, text) => {
    expect(found.get(mistake)?.[0]).toMatchObject({ at, text })
  })

  const contained: readonly (readonly [Mistake, at: string, text: string])[] = [
    ['a column forgotten in a select', `{ id: 'id' }`, `Property 'total' is missing in type '{ id: "id"; }'`],
    ['a select in otherwise', `{ id: s.constant('a') }`, `Property 'total' is missing`],
    ['a column forgotten in a row', '({ id })', `Property 'total' is missing in type '{ id: string; }'`],
    ['several rows without a target', 'items.map(({ sku }) => ({ id: sku, total: 1 }))', 'SeveralRowsNeed<"reingest">'],
    ['an update without keys', 'operation', 'update and delete need uniqueKeys in defineTable()'],
    ['an update by select without keys', 'operation', 'update and delete need uniqueKeys in defineTable()'],
    ['an update by rowTo without keys', `'update'`, 'update and delete need uniqueKeys in defineTable()'],
  ]

  it.each(contained)('names %s among the types', (mistake, at, text) => {
    const message = found.get(mistake)?.[0]
    expect(message?.at).toBe(at)
    expect(message?.text).toContain(text)
  })
})

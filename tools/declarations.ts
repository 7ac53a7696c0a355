import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import ts from 'typescript'

const SOURCE = resolve(import.meta.dirname, '../src')

/** Whether the importer is an ES module or CommonJS: each needs declarations in files of its kind. */
export type Ending = 'js' | 'cjs'

export interface Declaration {
  /** The module below `src`, without its ending: `router/route`. */
  readonly name: string
  readonly text: string
}

/**
 * The declarations of the entries and of every module that they name, one by one. Each is made from a single source,
 * which `isolatedDeclarations` makes possible: no types are inferred, so this takes seconds and little memory.
 */
export function emitDeclarations(entries: readonly string[]): Declaration[] {
  const files = new Set(entries.map((name) => resolve(SOURCE, `${name}.ts`)))
  const declarations: Declaration[] = []
  // A set gives also what is added during the walk.
  for (const file of files) {
    const text = emit(file)
    declarations.push({ name: relative(SOURCE, file).replace(/\.ts$/, ''), text })
    for (const { fileName } of importsOf(text)) files.add(resolve(dirname(file), fileName))
  }
  return declarations
}

function emit(file: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { isolatedDeclarations: true, verbatimModuleSyntax: true, target: ts.ScriptTarget.ES2022 },
  })
  if (diagnostics.length === 0) return outputText
  const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => '.', getNewLine: () => '\n' }
  throw new Error(ts.formatDiagnostics(diagnostics, host))
}

/** `./route.ts` in the source is `./route.js` for an ES module and `./route.cjs` for CommonJS. */
export function withEndings(text: string, ending: Ending): string {
  return importsOf(text).reduceRight((changed, { fileName, pos }) => {
    const [start, end] = [pos + 1, pos + 1 + fileName.length]
    return `${changed.slice(0, start)}${fileName.replace(/\.ts$/, `.${ending}`)}${changed.slice(end)}`
  }, text)
}

/** The imports of our own modules, in the order of the text. */
function importsOf(text: string): readonly ts.FileReference[] {
  const found = [...ts.preProcessFile(text).importedFiles, ...namespaceExportsOf(text)]
  return found.filter(({ fileName }) => fileName.startsWith('.')).sort((a, b) => a.pos - b.pos)
}

/** `export * as t from './t.ts'`, which `preProcessFile` passes over. */
function namespaceExportsOf(text: string): ts.FileReference[] {
  const { statements } = ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.ES2022, true)
  return statements.flatMap((node) => {
    if (!ts.isExportDeclaration(node) || node.exportClause === undefined || !ts.isNamespaceExport(node.exportClause))
      return []
    const specifier = node.moduleSpecifier as ts.StringLiteral
    return [{ fileName: specifier.text, pos: specifier.getStart(), end: specifier.end }]
  })
}

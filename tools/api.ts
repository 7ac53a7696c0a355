import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'
import { emitDeclarations } from './declarations.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** The surface of one entry as it is committed. */
export interface ApiPage {
  /** Below the repository: `api/index.txt`. */
  readonly path: string
  readonly text: string
}

/** A declaration and the module that it is in. */
interface Found {
  readonly module: string
  readonly name: string
  readonly nodes: readonly ts.Node[]
}

interface Entry {
  /** As it is imported. */
  readonly specifier: string
  readonly module: string
}

/** Where a name comes from: another module's name, or all of its exports. */
interface Origin {
  readonly module: string
  readonly name: string | '*'
}

/** A module's declarations by name, and the names that it imports or exports from others. */
interface Module {
  readonly declared: ReadonlyMap<string, readonly ts.Node[]>
  readonly imported: ReadonlyMap<string, Origin>
  readonly exported: ReadonlyMap<string, Origin>
}

const printer = ts.createPrinter({ removeComments: true })

/** Prints the declarations of every entry of package.json: what it exports, and after that what those declarations name. */
export function apiPages(): ApiPage[] {
  const entries = readEntries()
  const texts = new Map(emitDeclarations(entries.map(({ module }) => module)).map(({ name, text }) => [name, text]))
  const modules = new Map([...texts].map(([name, text]) => [name, readModule(name, text)]))
  const [core, ...others] = entries
  if (core === undefined) return []
  const ofCore = collect(modules, core.module, new Set())
  const known = new Set([...ofCore.exported, ...ofCore.named].map(keyOf))
  return [
    pageOf(core, entries, ofCore, modules),
    ...others.map((entry) => pageOf(entry, entries, collect(modules, entry.module, known), modules)),
  ]
}

function readEntries(): Entry[] {
  const { name, exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return Object.entries<{ import?: { types: string } } | string>(exports).flatMap(([path, entry]) => {
    if (typeof entry === 'string' || entry.import === undefined) return []
    const module = entry.import.types.replace('./dist/types/', '').replace(/\.d\.ts$/, '')
    return [{ specifier: name + path.slice(1), module }]
  })
}

function readModule(name: string, text: string): Module {
  const file = ts.createSourceFile(`${name}.d.ts`, text, ts.ScriptTarget.ES2022, true)
  const [declared, imported, exported] = [
    new Map<string, ts.Node[]>(),
    new Map<string, Origin>(),
    new Map<string, Origin>(),
  ]
  const from = (specifier: ts.Expression | undefined): string => {
    if (specifier === undefined) return name
    const { text: path } = specifier as ts.StringLiteral
    return path.startsWith('.') ? join(dirname(name), path).replace(/\.ts$/, '') : path
  }
  for (const node of file.statements) {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings
      if (bindings !== undefined && ts.isNamedImports(bindings)) {
        for (const one of bindings.elements)
          imported.set(one.name.text, { module: from(node.moduleSpecifier), name: (one.propertyName ?? one.name).text })
      }
    } else if (ts.isExportDeclaration(node)) {
      const clause = node.exportClause
      const module = from(node.moduleSpecifier)
      if (clause !== undefined && ts.isNamespaceExport(clause)) exported.set(clause.name.text, { module, name: '*' })
      if (clause === undefined || !ts.isNamedExports(clause)) continue
      for (const one of clause.elements)
        exported.set(one.name.text, { module, name: (one.propertyName ?? one.name).text })
    } else {
      for (const { text: declaredName } of namesOf(node)) {
        declared.set(declaredName, [...(declared.get(declaredName) ?? []), node])
        const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
        if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
          exported.set(declaredName, { module: name, name: declaredName })
      }
    }
  }
  return { declared, imported, exported }
}

function namesOf(node: ts.Statement): ts.Identifier[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(({ name }) => name as ts.Identifier)
  const { name } = node as ts.DeclarationStatement
  return name !== undefined && ts.isIdentifier(name) ? [name] : []
}

interface Surface {
  readonly exported: readonly Found[]
  /** What the exported ones name without its being exported. */
  readonly named: readonly Found[]
}

function collect(modules: ReadonlyMap<string, Module>, entry: string, known: ReadonlySet<string>): Surface {
  const names = [...(modules.get(entry)?.exported ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
  const exported = names.flatMap(([, origin]) => resolveName(modules, origin) ?? [])
  const seen = new Set([...known, ...exported.map(keyOf)])
  const named: Found[] = []
  const queue = [...exported]
  // The loop also goes through what is added in it.
  for (const { module, nodes } of queue) {
    for (const name of nodes.flatMap(identifiersOf)) {
      const found = resolveName(modules, { module, name })
      if (found === undefined || seen.has(keyOf(found))) continue
      seen.add(keyOf(found))
      named.push(found)
      queue.push(found)
    }
  }
  return { exported, named: named.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) }
}

function resolveName(modules: ReadonlyMap<string, Module>, { module, name }: Origin): Found | undefined {
  const { declared, imported, exported } = modules.get(module) ?? {}
  const nodes = declared?.get(name)
  if (nodes !== undefined) return { module, name, nodes }
  const origin = imported?.get(name) ?? exported?.get(name)
  return origin === undefined || origin.name === '*' ? undefined : resolveName(modules, origin)
}

function identifiersOf(node: ts.Node): string[] {
  if (ts.isIdentifier(node)) return [node.text]
  const names: string[] = []
  ts.forEachChild(node, (child) => void names.push(...identifiersOf(child)))
  return names
}

function keyOf({ module, name }: Found): string {
  return `${name} ${module}`
}

function pageOf(
  { specifier, module }: Entry,
  entries: readonly Entry[],
  { exported, named }: Surface,
  modules: ReadonlyMap<string, Module>,
): ApiPage {
  const values = [...(modules.get(module)?.exported ?? [])]
  const namespaces = values.flatMap(([name, origin]) => {
    if (origin.name !== '*') return []
    return [`export * as ${name} from '${entries.find((entry) => entry.module === origin.module)?.specifier}'`]
  })
  const renamed = values.flatMap(([name, origin]) =>
    origin.name === '*' || origin.name === name ? [] : [`export { ${origin.name} as ${name} }`],
  )
  const sections = [
    `// ${specifier}: made by \`npm run api\`\n`,
    ...namespaces,
    ...renamed,
    ...exported.map(print),
    ...(named.length > 0 ? ['\n// Named by the declarations above, and not exported:\n'] : []),
    ...named.map((found) => print(found).replaceAll(/^export /gm, '')),
  ]
  const file = specifier.split('/').slice(1).join('-') || 'index'
  return { path: `api/${file}.txt`, text: `${sections.join('\n')}\n` }
}

function print({ nodes }: Found): string {
  const printed = nodes.map((node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()))
  return printed.join('\n').replaceAll(/\bdeclare /g, '')
}

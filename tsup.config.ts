import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const CORE = resolve(import.meta.dirname, 'src/index.ts')

/** The public entries beside the core. */
const others = {
  t: 'src/table/t.ts',
  s: 'src/select/s.ts',
  d: 'src/decode/d.ts',
  artefacts: 'src/artefacts/index.ts',
  'from-schema': 'src/from-schema/index.ts',
  reingest: 'src/reingest/index.ts',
  ses: 'src/ses/index.ts',
  testing: 'src/testing/index.ts',
  local: 'src/local/index.ts',
}

/** The public entries in a folder of `dist`, whose way to the core is another. */
const nested = {
  'ses/schemas': 'src/ses/schemas.ts',
  'testing/arbitraries': 'src/testing/arbitraries.ts',
}

/** The values that a module exports of others, as `name as publicName`, by the path of the other. */
function exportsOf(file: string): Map<string, string[]> {
  const lines = readFileSync(file, 'utf8').matchAll(/^export \{([^}]*)\} from '(.*)'$/gm)
  return new Map(
    [...lines].map(([, names = '', module = '']) => {
      const values = names.split(',').map((name) => name.trim())
      return [resolve(dirname(file), module), values.filter((name) => name !== '' && !name.startsWith('type '))]
    }),
  )
}

/** The namespaces of the core, `t` and `s`, by name: the file whose exports they hold. */
const namespaces = new Map(
  [...readFileSync(CORE, 'utf8').matchAll(/^export \* as (\w+) from '(.*)'$/gm)].map(([, name = '', module = '']) => {
    return [name, resolve(dirname(CORE), module)] as const
  }),
)

/** What `dist/index.js` exports for the other files of `dist` alone, without a declaration. */
const shared = new Map<string, string[]>([
  [resolve(dirname(CORE), 'table/row-issue.ts'), ['RowIssue']],
  // Decoders read JSON as the core does, and tell it where bigints are.
  [resolve(dirname(CORE), 'firehose/decode.ts'), ['decodeBytes', 'decodeRecord']],
  [resolve(dirname(CORE), 'firehose/exact.ts'), ['markExact', 'mayHoldBigints', 'parseExactly']],
])
for (const [namespace, file] of namespaces) {
  for (const [module, names] of exportsOf(file)) {
    shared.set(module, [...(shared.get(module) ?? []), ...names.map((name) => `${name} as ${namespace}_${name}`)])
  }
}

/** What the core's file exports of each of its modules, as `name as publicName`. */
const exported = new Map([...exportsOf(CORE), ...shared])

/**
 * Writes the namespaces of the core as objects. What esbuild itself makes of `export * as t` is filled by a call, which no
 * bundler of a user can leave out: every router would carry every column type.
 */
const namespacesAsObjects: Plugin = {
  name: 'namespaces',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/index\.ts$/ }, () => {
      const text = readFileSync(CORE, 'utf8').replaceAll(/^export \* as .*$/gm, '')
      const imports = [...shared].map(([module, names]) => `export { ${names} } from '${module}'`)
      const objects = [...namespaces].map(([namespace, file]) => {
        const names = [...exportsOf(file).values()].flat()
        const from = `import { ${names.map((name) => `${name} as ${namespace}_${name}`)} } from '${file}'`
        return `${from}\nexport const ${namespace} = { ${names.map((name) => `${name}: ${namespace}_${name}`)} }`
      })
      return { contents: [text, ...imports, ...objects].join('\n'), loader: 'ts', resolveDir: dirname(CORE) }
    })
  },
}

/**
 * Every entry is one file, because a loader pays for files more than for bytes, and the others take from the core what it
 * exports: there is one `RowIssue` for all, and one copy of the column types, which `t.js` exports by their names. Of the
 * rest of its modules, which have no identity (symbols are registered ones) and no state but caches, they hold what they
 * need themselves. A class that is exported is in a module without other exports, so that no copy of it comes along.
 */
function takeCoreFrom(file: string): Plugin {
  return {
    name: 'core',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir, namespace }) => {
        const module = resolve(resolveDir, path)
        if (module === CORE) return { path: file, external: true }
        if (namespace === 'core' || !exported.has(module)) return undefined
        return { path: module, namespace: 'core', sideEffects: false }
      })
      onLoad({ filter: /./, namespace: 'core' }, ({ path }) => ({
        contents: `export { ${exported.get(path)?.map(inner)} } from './index.ts'\nexport * from '${path}'`,
        resolveDir: dirname(CORE),
      }))
    },
  }
}

/** `name as publicName`, seen from the other side. */
function inner(name: string): string {
  return name.split(' as ').reverse().join(' as ')
}

const common: Options = { target: 'node20', sourcemap: true, splitting: false }

/**
 * The core, in every Lambda: its text is what a cold start pays for. In lines, because Node prints the one that threw. The
 * others keep the notes that tell a bundler what it may leave out, which a minifier drops: of the core it leaves most out as
 * it is.
 */
const small: Options = {
  ...common,
  minify: true,
  esbuildOptions: (options) => {
    options.lineLimit = 160
  },
}

/** JavaScript only: `tools/build-types.ts` writes the declarations. */
const config: Options[] = [
  { ...small, format: ['esm', 'cjs'], entry: { index: CORE }, esbuildPlugins: [namespacesAsObjects] },
  {
    ...common,
    format: ['esm'],
    // The command is run, never imported: ESM alone.
    entry: { ...others, cli: 'src/cli/index.ts' },
    esbuildPlugins: [takeCoreFrom('./index.js')],
  },
  { ...common, format: ['cjs'], entry: others, esbuildPlugins: [takeCoreFrom('./index.cjs')] },
  { ...common, format: ['esm'], entry: nested, esbuildPlugins: [takeCoreFrom('../index.js')] },
  { ...common, format: ['cjs'], entry: nested, esbuildPlugins: [takeCoreFrom('../index.cjs')] },
  {
    ...common,
    // The example as it is deployed: one file that holds what it needs of the package.
    entry: { handler: 'examples/ses/handler.ts' },
    outDir: 'examples/ses/dist',
    format: ['esm'],
    noExternal: [/^firehose-iceberg-router/],
  },
]

export default defineConfig(config) as Options[]

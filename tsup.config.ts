import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const CORE = resolve(import.meta.dirname, 'src/index.ts')

/** The public entries beside the core. */
const others = {
  artefacts: 'src/artefacts/index.ts',
  'from-schema': 'src/from-schema/index.ts',
  reingest: 'src/reingest/index.ts',
  ses: 'src/ses/index.ts',
  'ses/schemas': 'src/ses/schemas.ts',
  testing: 'src/testing/index.ts',
  'testing/arbitraries': 'src/testing/arbitraries.ts',
  local: 'src/local/index.ts',
}

/** What the core exports of each of its modules, as `name as publicName`. */
const exported = new Map(
  [...readFileSync(CORE, 'utf8').matchAll(/^export \{([^}]*)\} from '(.*)'$/gm)].map(([, names = '', module = '']) => {
    const values = names.split(',').map((name) => name.trim())
    const file = resolve(dirname(CORE), module)
    return [file, values.filter((name) => name !== '' && !name.startsWith('type '))] as const
  }),
)

/**
 * Every entry is one file, because a loader pays for files more than for bytes, and the others take from the core what it
 * exports: there is one `Refusal` for all. Of the rest of its modules, which have no identity (symbols are registered ones)
 * and no state but caches, they hold what they need themselves. A class that is exported stands in a module of its own, so that no copy of it comes along.
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

const shared: Options = { target: 'node20', sourcemap: true, splitting: false }

/**
 * The core, in every Lambda: its text is what a cold start pays for. In lines, because Node prints the one that threw. The
 * others keep the notes that tell a bundler what it may leave out, which a minifier drops: of the core it leaves most out as
 * it is.
 */
const small: Options = {
  ...shared,
  minify: true,
  esbuildOptions: (options) => {
    options.lineLimit = 160
  },
}

/** JavaScript only: `tools/build-types.ts` writes the declarations. */
const config: Options[] = [
  { ...small, format: ['esm', 'cjs'], entry: { index: CORE } },
  {
    ...shared,
    format: ['esm'],
    // The command is run, never imported: ESM alone.
    entry: { ...others, cli: 'src/cli/index.ts' },
    esbuildPlugins: [takeCoreFrom('./index.js')],
  },
  {
    ...shared,
    format: ['cjs'],
    entry: others,
    esbuildPlugins: [takeCoreFrom('./index.cjs')],
  },
  {
    ...shared,
    // The example as it is deployed: one file that holds what it needs of the package.
    entry: { handler: 'examples/ses/handler.ts' },
    outDir: 'examples/ses/dist',
    format: ['esm'],
    noExternal: [/^firehose-iceberg-router/],
  },
]

export default defineConfig(config) as Options[]

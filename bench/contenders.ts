import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** A contender, ready to run: a bundle for Node, or a separate command. */
export interface Runnable {
  readonly name: string
  readonly label: string
  /** Only knows SES's own event types. */
  readonly sesOnly: boolean
  /** The arguments after which `<mode> <event.json> <spec> [out]` follow. */
  readonly command: (node: string, mode: string) => readonly string[]
  /** Runs the same on every Node, so that it is measured once. */
  readonly foreign: boolean
}

const LABELS: { readonly [name: string]: string } = {
  tuned: 'tuned loop by hand',
  plain: 'plain loop by hand',
  functions: 'router, function transforms',
  select: 'router, select, plain engine',
  scan: 'router, select, compiled engine',
  ses: 'createSesRouter as shipped',
  zod: 'router, functions, Zod on every route',
  powertools: 'Powertools parser, Zod, mapping by hand',
  python: 'Python, json and base64',
  go: 'Go, encoding/json into typed structs',
  rust: 'Rust, serde_json into typed structs',
}

const SES_ONLY = ['ses', 'zod', 'powertools', 'python', 'go', 'rust']

/** Bundles every contender as it would be deployed, and finds those of other languages whose tools are here. */
export async function buildContenders(root: string, folder: string): Promise<Runnable[]> {
  const names = readdirSync(join(root, 'bench/contenders')).map((file) => file.replace(/\.ts$/, ''))
  const entries = names.filter((name) => name in LABELS)
  const entryPoints = ['worker', ...entries.map((name) => `contenders/${name}`)].map(
    (name) => `${root}/bench/${name}.ts`,
  )
  await build({
    entryPoints,
    outdir: folder,
    outbase: join(root, 'bench'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'error',
  })
  const worker = join(folder, 'worker.mjs')
  const ours = entries.map((name): Runnable => {
    const bundle = join(folder, 'contenders', `${name}.mjs`)
    const command = (node: string, mode: string): string[] => [node, worker, mode, bundle]
    return { name, label: LABELS[name] ?? name, sesOnly: SES_ONLY.includes(name), command, foreign: false }
  })
  const order = Object.keys(LABELS)
  return [...ours, ...python(root), ...go(root, folder), ...rust(root, folder)].sort(
    (a, b) => order.indexOf(a.name) - order.indexOf(b.name),
  )
}

function python(root: string): Runnable[] {
  if (!works('python3', ['--version'])) return []
  const script = join(root, 'bench/python/contender.py')
  return [foreign('python', ['python3', script])]
}

function go(root: string, folder: string): Runnable[] {
  const binary = join(folder, '../go/contender')
  const built = works('go', ['build', '-C', join(root, 'bench/go'), '-o', binary, '.'])
  return built && existsSync(binary) ? [foreign('go', [binary])] : []
}

function rust(root: string, folder: string): Runnable[] {
  if (!works('cargo', ['--version'])) return []
  const target = join(folder, '../rust')
  const manifest = join(root, 'bench/rust/Cargo.toml')
  const args = ['build', '--release', '--quiet', '--manifest-path', manifest, '--target-dir', target]
  const binary = join(target, 'release/contender')
  if (!works('cargo', args) || !existsSync(binary)) return []
  return [foreign('rust', [binary])]
}

function foreign(name: string, start: readonly string[]): Runnable {
  return { name, label: LABELS[name] ?? name, sesOnly: true, command: (_, mode) => [...start, mode], foreign: true }
}

function works(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { generateEvents } from './generate/lines.ts'
import { readBack } from './read-back.ts'
import { type Given, runScript } from './scripts/script.ts'

/**
 * `npm run demo [-- events.jsonl]`: builds the handler, delivers SES events through it into Iceberg tables in ./warehouse,
 * and reads them back with icebird, which shares no code with what wrote them.
 */
const ROOT = resolve(import.meta.dirname, '../..')
const EXAMPLE = join(ROOT, 'examples/ses')
const COUNT = 10_000
const SEED = 20_161_014

// `| head` closes the pipe early, which is not an error.
process.stdout.on('error', () => process.exit(0))

const USAGE = `npm run demo [-- <events>]

Builds the handler of examples/ses, delivers SES events through it into Iceberg tables in ./warehouse, and reads them back.

  <events>              your own SES events, one JSON object a line; by default ${COUNT.toLocaleString('en-US')} generated ones and 3 samples
`

await runScript({ name: 'demo', usage: USAGE, maxArguments: 1, run })

async function run({ positionals: [file] }: Given): Promise<number> {
  // Before the build, which takes a while. The command reads its input from -.
  if (file !== undefined && file !== '-' && !existsSync(file)) throw new Error(`there is no file ${file}`)
  const built = build()
  if (built !== 0) return built
  const status = deliver(file ?? writeEvents(), file === undefined ? 3 : 2)
  if (status === 0) await readBack(resolve('warehouse'), 'email_event')
  return status
}

/** Builds the package and the handler, as JavaScript. */
function build(): number {
  console.log('1. Building the package and the Lambda handler of examples/ses …')
  const { status } = spawnSync('npm run --silent build:js', { cwd: ROOT, shell: true, stdio: 'inherit' })
  return status ?? 130
}

/** Writes the samples and the generated events to a file, one on each line. */
function writeEvents(): string {
  const path = resolve('demo-events.jsonl')
  console.log(
    `2. Writing ${COUNT.toLocaleString('en-US')} generated SES events and 3 samples to ${relative('.', path)} …`,
  )
  const folder = join(EXAMPLE, 'events')
  // The types that have a table in the handler.
  const samples = ['click', 'open', 'send'].map((name) =>
    JSON.stringify(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))),
  )
  const generated = [...generateEvents({ count: COUNT, seed: SEED })]
  writeFileSync(path, `${[...samples, ...generated].join('\n')}\n`)
  return path
}

/** Runs the command as a user would; it prints the progress bar and the summary. */
function deliver(path: string, step: number): number {
  console.log(`${step}. Delivering ${relative('.', path)} through the handler into ./warehouse …\n`)
  const command = [join(ROOT, 'dist/cli.js'), 'run', path, '--handler', join(EXAMPLE, 'dist/handler.js')]
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 130
}

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { generateEvents } from './generate/lines.ts'
import { readBack } from './read-back.ts'

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

const [file, ...others] = process.argv.slice(2)
if (others.length > 0) {
  console.error(`npm run demo [-- events.jsonl]: expected one file of events, got ${others.length + 1}`)
  process.exit(2)
}

build()
const events = file ?? writeEvents()
process.exitCode = deliver(events)
if (process.exitCode === 0) await readBack(resolve('warehouse'), 'email_event')

/** Builds the package and the handler, as JavaScript. */
function build(): void {
  console.log('1. Building the package and the Lambda handler of examples/ses …')
  const { status } = spawnSync('npm run --silent build:js', { cwd: ROOT, shell: true, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 130)
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
function deliver(path: string): number {
  console.log(
    `${file === undefined ? 3 : 2}. Delivering ${relative('.', path)} through the handler into ./warehouse …\n`,
  )
  const command = [join(ROOT, 'dist/cli.js'), 'run', path, '--handler', join(EXAMPLE, 'dist/handler.js')]
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 130
}

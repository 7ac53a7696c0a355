import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { generateEvents } from './generate/lines.ts'
import { readBack } from './read-back.ts'

/**
 * `npm run demo [-- events.jsonl]`: delivers SES events through the built handler into Iceberg tables in ./warehouse, and
 * reads them back with icebird, which shares no code with what wrote them.
 */
const ROOT = resolve(import.meta.dirname, '../../..')
const EXAMPLE = join(ROOT, 'examples/ses')
const COUNT = 10_000
const SEED = 20_161_014

// The reader of a pipe has seen enough (`| head`): not a mistake.
process.stdout.on('error', () => process.exit(0))

const [file = writeEvents(), ...others] = process.argv.slice(2)
if (others.length > 0) {
  console.error('npm run demo [-- events.jsonl]: expected one file of events')
  process.exit(2)
}
process.exitCode = deliver(file)
if (process.exitCode === 0) await readBack(resolve('warehouse'), 'email_event')

/** The samples and the generated events as a file of lines, as a user would bring it. */
function writeEvents(): string {
  const folder = join(EXAMPLE, 'events')
  // Those of the types that the handler has a table for.
  const samples = ['click', 'open', 'send'].map((name) =>
    JSON.stringify(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))),
  )
  const generated = [...generateEvents({ count: COUNT, seed: SEED })]
  const path = resolve('demo-events.jsonl')
  writeFileSync(path, `${[...samples, ...generated].join('\n')}\n`)
  console.log(
    `${samples.length} sample events and ${COUNT.toLocaleString('en-US')} generated ones: ${relative('.', path)}\n`,
  )
  return path
}

/** Runs the command as a user would; the progress bar and the summary are its own. */
function deliver(path: string): number {
  const command = [join(ROOT, 'dist/cli.js'), 'run', path, '--handler', join(EXAMPLE, 'dist/handler.js')]
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 130
}

import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

// `npm run mutation [-- room or file…] [--concurrency 2] [--static] [--report]`: changes the code at one place after the
// other, and runs the tests of the matching folders. A change that no test notices survives. Exit status 1 if fewer than
// 90 % of a room are noticed, or if a survivor is not in test/mutation/survivors.md.

const ROOT = resolve(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'test/mutation')
const REPORTS = join(FOLDER, '.reports')
const BAR = 90

/**
 * The tests that are run for each room: those of the folder with its name, and those beside it that are about the same. A
 * test of another folder may notice a change too, but that would be luck, and each file more costs time for every change.
 */
const ROOMS: { readonly [room: string]: readonly string[] } = {
  router: [
    'router/!(fanout|is-envelope|overflow|unawaited)',
    'report/hooks',
    'dead-letter/*',
    'laws/budget',
    'laws/pinned',
  ],
  reingest: ['reingest/*', 'router/{fanout,is-envelope,overflow}'],
  firehose: ['firehose/*', 'router/{budget,tombstone}', 'dead-letter/*', 'laws/wire'],
  match: ['match/*', 'router/{record,router,options}'],
  table: ['table/**/*', 'router/row-issues'],
  outcome: ['router/{delivery,record,report}', 'dead-letter/*'],
  'dead-letter': ['dead-letter/*'],
}

/** A change of the code, as Stryker's report has it. */
interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError' | 'CompileError'
  readonly replacement?: string
  readonly location: { readonly start: Position; readonly end: Position }
}

interface Position {
  readonly line: number
  readonly column: number
}

interface FileReport {
  readonly source: string
  readonly mutants: readonly Mutant[]
}

const { values, positionals } = parseArgs({
  options: {
    concurrency: { type: 'string', default: '1' },
    static: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const chosen = positionals.length > 0 ? positionals : Object.keys(ROOMS)
if (!values.report) {
  install()
  for (const room of Object.keys(ROOMS)) {
    const files = filesOf(room).filter((file) => chosen.some((name) => name === room || name === file))
    if (files.length > 0) mutate(room, files)
  }
}
process.exitCode = print() ? 0 : 1

function install(): void {
  const [lock, installed] = [join(FOLDER, 'package-lock.json'), join(FOLDER, 'node_modules/.installed')]
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return
  // Vitest is the repository's own: as a peer it would be installed twice.
  const options = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund']
  const { status } = spawnSync('npm', ['ci', '--prefix', FOLDER, ...options], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  copyFileSync(lock, installed)
}

/** The source files of a room. The compiled modules are one long string. */
function filesOf(room: string): string[] {
  const names = readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' }).sort()
  const isSource = (name: string): boolean => /^(?!assembly\/|module\.ts).*\.ts$/.test(name)
  return names.filter(isSource).map((name) => `src/${room}/${name}`)
}

function mutate(room: string, files: readonly string[]): void {
  console.log(`${room}: ${files.length} files`)
  const report = join(REPORTS, `${room}.json`)
  const stryker = join(FOLDER, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const env = {
    ...process.env,
    MUTATION_FILES: files.join(),
    MUTATION_TESTS: (ROOMS[room] ?? []).map((path) => `test/${path}.test.ts`).join(';'),
    MUTATION_REPORT: report,
    MUTATION_CONCURRENCY: values.concurrency,
    MUTATION_STATIC: values.static ? 'yes' : 'no',
  }
  const { status } = spawnSync(process.execPath, [stryker, 'run', 'test/mutation/stryker.config.mjs'], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
  const all = JSON.parse(readFileSync(report, 'utf8')) as { readonly files: { readonly [file: string]: FileReport } }
  for (const [file, { source, mutants }] of Object.entries(all.files)) {
    const path = join(REPORTS, `${file}.json`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify({ source, mutants }))
  }
  rmSync(report)
}

/** Prints the score of each file that has been measured, and of its room; returns whether all is as it should be. */
function print(): boolean {
  const named = readSurvivors()
  let isGood = true
  for (const room of Object.keys(ROOMS)) {
    const sum = { detected: 0, valid: 0 }
    for (const file of filesOf(room)) {
      const path = join(REPORTS, `${file}.json`)
      if (!existsSync(path)) continue
      const report = JSON.parse(readFileSync(path, 'utf8')) as FileReport
      const { detected, valid, survivors } = score(report)
      sum.detected += detected
      sum.valid += valid
      if (valid > 0) console.log(`${percent(detected, valid)}  ${detected} of ${valid}  ${file}`)
      if (report.source !== readFileSync(join(ROOT, file), 'utf8')) console.log('    changed since')
      for (const { line, text } of survivors) {
        const isNamed = named.has(`${file}: ${text}`)
        if (!isNamed) isGood = false
        if (!isNamed) console.log(`    ${file}:${line}: ${text}`)
      }
    }
    if (sum.valid === 0) continue
    console.log(`${percent(sum.detected, sum.valid)}  ${sum.detected} of ${sum.valid}  src/${room}\n`)
    if (sum.detected * 100 < BAR * sum.valid) isGood = false
  }
  return isGood
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`.padStart(7)
}

interface Survivor {
  readonly line: number
  /** What became of what. */
  readonly text: string
}

function score({ source, mutants }: FileReport): { detected: number; valid: number; survivors: readonly Survivor[] } {
  const count = (...all: Mutant['status'][]): number => mutants.filter(({ status }) => all.includes(status)).length
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const lines = source.split('\n')
  return {
    detected: count('Killed', 'Timeout'),
    valid: count('Killed', 'Timeout', 'Survived', 'NoCoverage'),
    survivors: survivors.map(({ location: { start, end }, replacement = '' }) => {
      const isOneLine = start.line === end.line
      const text = (lines[start.line - 1] ?? '').slice(start.column - 1, isOneLine ? end.column - 1 : undefined)
      return { line: start.line, text: `\`${text}\` → \`${replacement.replace(/\s+/g, ' ').slice(0, 100)}\`` }
    }),
  }
}

/** The survivors that survivors.md names: under a heading with the file, one list item each, the reason after a colon. */
function readSurvivors(): Set<string> {
  const named = new Set<string>()
  let file = ''
  for (const line of readFileSync(join(FOLDER, 'survivors.md'), 'utf8').split('\n')) {
    file = /^## `(src\/.*)`$/.exec(line)?.[1] ?? file
    const text = /^- (`.*` → `.*`)(?:: |$)/.exec(line)?.[1]
    if (text !== undefined) named.add(`${file}: ${text}`)
  }
  return named
}

import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findPropertyTests } from './property-tests.ts'

// `npm run test:random [-- --runs 20] [--seed 1] [file…]`: the properties with fresh seeds, each with all its runs.

const ROOT = resolve(import.meta.dirname, '..')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
const SEEDS = 2 ** 31

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '1' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const runs = wholeNumber('runs', values.runs)
const first = values.seed === undefined ? undefined : wholeNumber('seed', values.seed)
const files =
  positionals.length > 0 ? positionals : findPropertyTests(join(ROOT, 'test')).map((path) => relative(ROOT, path))

for (let run = 1; run <= runs; run++) {
  const seed = run === 1 && first !== undefined ? first : randomInt(SEEDS)
  console.log(`run ${run} of ${runs}: seed ${seed}`)
  const env = { ...process.env, FC_SEED: String(seed), FC_RUNS: 'all' }
  const { status } = spawnSync(process.execPath, [VITEST, 'run', ...files], { cwd: ROOT, env, stdio: 'inherit' })
  if (status !== 0) {
    console.error(`Failed in run ${run} of ${runs}. The same again: npm run test:random -- --seed ${seed}`)
    process.exit(1)
  }
  console.log(`Green with seed ${seed}: run ${run} of ${runs}.`)
}

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  console.error(`--${name}: expected a whole number, got ${text}`)
  process.exit(2)
}

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { TERRAFORM } from './terraform/load.ts'

const CHECKOV = join(import.meta.dirname, '.venv/bin/checkov')
const SUPPRESSION = /^ *# checkov:skip=(\w+): ?(.*)\n/gm

interface Report {
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly file_path: string }[] }
  readonly summary: { readonly passed: number }
}

/** A copy in which nothing is suppressed, and what was. */
function unsuppressed(): { folder: string; suppressed: { check: string; reason: string }[] } {
  const folder = mkdtempSync(join(tmpdir(), 'checkov-'))
  cpSync(TERRAFORM, folder, { recursive: true, filter: (path) => !/\.terraform|tfstate/.test(path) })
  const suppressed = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    writeFileSync(join(folder, name), text.replace(SUPPRESSION, ''))
    return [...text.matchAll(SUPPRESSION)].map(([, check = '', reason = '']) => ({
      check: `/${name} ${check}`,
      reason,
    }))
  })
  return { folder, suppressed }
}

it('checkov finds what is suppressed with a reason, and nothing else', () => {
  const { folder, suppressed } = unsuppressed()
  const args = ['--directory', folder, '--framework', 'terraform', '--skip-download', '--quiet', '--output', 'json']
  const { stdout, stderr } = spawnSync(CHECKOV, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  const report: Report = JSON.parse(stdout === '' ? `"${stderr}"` : stdout)
  const found = report.results.failed_checks.map(({ check_id, file_path }) => `${file_path} ${check_id}`)
  expect(report.summary.passed).toBeGreaterThan(100)
  expect(found.sort()).toEqual(suppressed.map(({ check }) => check).sort())
  for (const { check, reason } of suppressed) expect(reason.split(' ').length, check).toBeGreaterThan(5)
})

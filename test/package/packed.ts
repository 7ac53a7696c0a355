import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const ROOT: string = join(import.meta.dirname, '../..')

/** Runs a command and gives what it printed; a command that fails is a failure with all that it printed. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
}

/** Packs what `npm run build` built, and returns the path of the tarball. */
export function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT))
  return join(folder, packed.filename)
}

/** Makes a project, and installs packages into it from the registry. */
export function project(packages: readonly string[], manifest: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'project-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, ...manifest }))
  run('npm', ['install', '--no-audit', '--no-fund', ...packages], folder)
  return folder
}

/** Packages with the versions that this repository is developed with, such as `zod@^4.6.7`. */
export function atOurVersions(names: readonly string[]): string[] {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return names.map((name) => `${name}@${devDependencies[name]}`)
}

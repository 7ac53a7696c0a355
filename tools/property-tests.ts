import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Those run on their own, with what they install. */
const APART = /^(?:package|interop|blueprint|mutation)\//

/** The long tests, and those that use fast-check or do more under `npm run test:random`, themselves or through a helper. */
export function findPropertyTests(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return names
    .filter((name) => name.endsWith('.test.ts') && !APART.test(name))
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.long.test.ts') || usesProperties(path, folder, new Set()))
}

function usesProperties(path: string, folder: string, seen: Set<string>): boolean {
  if (seen.has(path) || !path.startsWith(folder)) return false
  seen.add(path)
  const text = readFileSync(path, 'utf8')
  if (/ from '(?:fast-check|.*\/support\/runs\.ts)'$/m.test(text)) return true
  return [...text.matchAll(/ from '(\.[^']+\.ts)'$/gm)].some(([, imported = '']) => {
    return usesProperties(resolve(dirname(path), imported), folder, seen)
  })
}

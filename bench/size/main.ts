import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BundleSize, bundleSize, CASES } from './bundle.ts'
import { importCost } from './cold.ts'

// What bundles weigh, room by room with the name of a case, and what an import costs once the package is built.

const ROUNDS = 31
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

const [wanted] = process.argv.slice(2)
if (wanted !== undefined && !Object.hasOwn(CASES, wanted)) {
  throw new TypeError(`expected one of '${Object.keys(CASES).join("', '")}', got '${wanted}'`)
}

for (const [name, contents] of Object.entries(CASES)) {
  const size = await bundleSize(contents)
  console.log(`${name}: ${inWords(size)}`)
  if (name === wanted) printRooms(size)
}

const built = join(import.meta.dirname, '../../dist/index.js')
if (existsSync(built)) {
  const { moduleMs, emptyMs, costMs } = importCost(built, ROUNDS)
  const ms = (value: number): string => `${value.toFixed(1)} ms`
  console.log(`import of the core: ${ms(costMs)} over an empty module (${ms(moduleMs)} and ${ms(emptyMs)})`)
} else console.log('import of the core: not measured; run npm run build first')

function inWords({ bytes, gzipBytes }: BundleSize): string {
  return `${kB(bytes)} minified, ${kB(gzipBytes)} with gzip`
}

function printRooms({ files }: BundleSize): void {
  const rooms = new Map<string, number>()
  for (const { path, bytes } of files) {
    const room = /^src\/([\w-]+(?:\/(?:fanout|types)\b)?)/.exec(path)?.[1] ?? path
    rooms.set(room, (rooms.get(room) ?? 0) + bytes)
  }
  for (const [room, bytes] of [...rooms].sort(([, a], [, b]) => b - a))
    console.log(`  ${kB(bytes).padStart(8)} ${room}`)
}

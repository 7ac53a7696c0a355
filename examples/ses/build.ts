import { relative } from 'node:path'
import { BUNDLE, bundleHandler, measureBundle } from './bundle.ts'
import { runScript } from './scripts/script.ts'

const FILE = `${relative(process.cwd(), BUNDLE)}/handler.mjs`

const USAGE = `npm run bundle:ses

Writes the handler of the example as one file, ${FILE}, and prints its size and cold start. It takes no options.
`

await runScript({ name: 'bundle:ses', usage: USAGE, run })

async function run(): Promise<undefined> {
  await bundleHandler()
  const { codeBytes, mapBytes, importMs } = measureBundle()
  const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`
  console.log(`${FILE}: ${kib(codeBytes)}, its source map ${kib(mapBytes)}`)
  console.log(`cold start: the module is imported in ${importMs.toFixed(1)} ms (median, Node ${process.versions.node})`)
}

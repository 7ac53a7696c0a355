import { relative } from 'node:path'
import { BUNDLE, bundleHandler, measureBundle } from './bundle.ts'

await bundleHandler()
const { codeBytes, mapBytes, importMs } = measureBundle()
const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`

console.log(`${relative(process.cwd(), BUNDLE)}/handler.mjs: ${kib(codeBytes)}, its source map ${kib(mapBytes)}`)
console.log(`cold start: the module is imported in ${importMs.toFixed(1)} ms (median, Node ${process.versions.node})`)

import { writeFileSync } from 'node:fs'
import { compileScan, toSource } from './compile-scan.ts'

// `npm run build:scan`: after a change in src/scan/assembly.

const module = await compileScan()
writeFileSync('src/scan/module.ts', toSource(module))
console.log(`src/scan/module.ts: ${module.length} bytes`)

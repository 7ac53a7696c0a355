import { writeFileSync } from 'node:fs'
import { compile, MODULES, toSource } from './compile.ts'

// `npm run build:wasm`: after a change in src/scan/assembly or src/firehose/assembly.

for (const one of MODULES) {
  const module = await compile(one)
  writeFileSync(one.embedded, toSource(module))
  console.log(`${one.embedded}: ${module.length} bytes`)
}

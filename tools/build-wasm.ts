import { writeFileSync } from 'node:fs'
import { takeNoArguments } from './no-arguments.ts'

takeNoArguments(
  'build:wasm',
  'Compiles src/scan/assembly and src/firehose/assembly to the WebAssembly in their modules, after a change there.',
)

// Loading the compiler takes seconds, which `--help` should not.
const { compile, MODULES, toSource } = await import('./compile.ts')
for (const one of MODULES) {
  const module = await compile(one)
  writeFileSync(one.embedded, toSource(module))
  console.log(`${one.embedded}: ${module.length} bytes`)
}

import { main } from 'assemblyscript/asc'
import binaryen from 'assemblyscript/binaryen'

/** A module of WebAssembly, and the file that embeds it. */
export interface WasmModule {
  readonly source: string
  readonly embedded: string
  /** Pages of memory at first, and at most. */
  readonly pages: readonly [number, number]
}

/** All modules of the package. */
export const MODULES: readonly WasmModule[] = [
  // 32 MiB: a record of 8 MiB, its row, and room to spare.
  { source: 'src/scan/assembly/index.ts', embedded: 'src/scan/module.ts', pages: [4, 512] },
  // 64 MiB: twice the longest base64 of a request, or three bytes a character of a row.
  { source: 'src/firehose/assembly/index.ts', embedded: 'src/firehose/module.ts', pages: [1, 1024] },
]

const OPTIONS = [
  // What is made smaller or faster is decided below.
  ['--optimizeLevel', '0'],
  ['--shrinkLevel', '0'],
  ['--noAssert'],
  // Nothing is allocated, so nothing has to be collected, and no failure is thrown.
  ['--runtime', 'stub'],
  ['--use', 'abort='],
  ['--enable', 'simd'],
  // Vectors are exchanged between functions of the module only.
  ['--disableWarning', '112'],
  // Functions keep their names, by which those that must not be inlined are found.
  ['--debug'],
]

/** What a record seldom needs is called: inside the functions that every record runs it would make those large. */
const CALLED = ['*/odd/*', '*/table/find', '*/text/scalarEnd', '*/printable/isOdd', '*/hasRun']

/**
 * Functions of so many nodes are put into those that call them. V8 does that itself since version 13; before it a call is
 * dear, and larger functions take it longer to compile: with less a record takes longer, with more a fresh process does.
 * With 50 a record takes 2-5 % less, and the first ten invocations 5-10 % more.
 */
const INLINED_NODES = 20
/** What is called from one place only may as well stay there. */
const INLINED_ONCE_NODES = 20

/**
 * Compiles a module from AssemblyScript.
 *
 * @throws Error with what the compiler says
 */
export async function compile({ source, pages: [initial, maximum] }: WasmModule): Promise<Uint8Array> {
  let module: Uint8Array | undefined
  const writeFile = (_: string, contents: Uint8Array | string): void => {
    if (typeof contents !== 'string') module = contents
  }
  const memory = ['--initialMemory', `${initial}`, '--maximumMemory', `${maximum}`]
  const options = [source, '--outFile', 'module.wasm', ...OPTIONS.flat(), ...memory]
  const { error, stderr } = await main(options, { writeFile })
  if (error !== null || module === undefined) throw new Error(`${source} does not compile: ${stderr.toString()}`)
  return optimize(module)
}

function optimize(compiled: Uint8Array): Uint8Array {
  const module = binaryen.readBinary(compiled)
  binaryen.setOptimizeLevel(3)
  binaryen.setShrinkLevel(0)
  binaryen.setAlwaysInlineMaxSize(INLINED_NODES)
  binaryen.setFlexibleInlineMaxSize(INLINED_NODES)
  binaryen.setOneCallerInlineMaxSize(INLINED_ONCE_NODES)
  for (const functions of CALLED) {
    binaryen.setPassArgument('no-inline', functions)
    module.runPasses(['no-inline'])
  }
  // After the second time there is nothing left to do.
  for (let time = 0; time < 2; time++) module.optimize()
  binaryen.setDebugInfo(false)
  const optimized = module.emitBinary()
  module.dispose()
  return optimized
}

/** The TypeScript that a module is embedded as: bundlers and Lambda need no file beside the code. */
export function toSource(module: Uint8Array): string {
  const base64 = Buffer.from(module).toString('base64')
  return `/** The module of \`assembly/\` in base64, made by \`npm run build:wasm\`. */\nexport const MODULE: string =\n  '${base64}'\n`
}

import { brotliCompressSync } from 'node:zlib'
import { main } from 'assemblyscript/asc'

const OPTIONS = [
  // Everything that may be inlined is: V8 does that itself since version 13, before it a call is dear, and a module of two
  // thirds of the size takes twice the time.
  ['--optimizeLevel', '3'],
  ['--shrinkLevel', '0'],
  ['--converge'],
  ['--noAssert'],
  // Nothing is allocated, so nothing has to be collected, and no failure is thrown.
  ['--runtime', 'stub'],
  ['--use', 'abort='],
  ['--enable', 'simd'],
  ['--initialMemory', '4'],
  // 32 MiB: a record of 8 MiB, its row, and room to spare.
  ['--maximumMemory', '512'],
  // Vectors are exchanged between functions of the module only.
  ['--disableWarning', '112'],
]

/**
 * Compiles the scanner from `src/scan/assembly`.
 *
 * @throws Error with what the compiler says
 */
export async function compileScan(): Promise<Uint8Array> {
  let module: Uint8Array | undefined
  const writeFile = (_: string, contents: Uint8Array | string): void => {
    if (typeof contents !== 'string') module = contents
  }
  const { error, stderr } = await main(['src/scan/assembly/index.ts', '--outFile', 'scan.wasm', ...OPTIONS.flat()], {
    writeFile,
  })
  if (error !== null || module === undefined) throw new Error(`the scanner does not compile: ${stderr.toString()}`)
  return module
}

/**
 * The TypeScript that a module is embedded as, compressed: bundlers and Lambda need no file beside the code. Another zlib
 * may come to other bytes.
 */
export function toSource(module: Uint8Array): string {
  const base64 = brotliCompressSync(module).toString('base64')
  return `/** The module of \`assembly/\`, Brotli in base64, made by \`npm run build:scan\`. */\nexport const MODULE: string =\n  '${base64}'\n`
}

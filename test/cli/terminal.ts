import { main } from '../../src/cli/main.ts'

/** Runs the command and keeps what it writes. */
export async function runMain(args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const status = await main(args, {
    out: (text) => {
      written.out += text
    },
    err: (text) => {
      written.err += text
    },
    columns: undefined,
    onInterrupt: () => () => undefined,
  })
  return { status, ...written }
}

const METHODS = ['debug', 'error', 'info', 'log', 'warn'] as const

/** How to treat what a handler prints: count it, show it, or show it on standard error, away from the result. */
export type Printing = 'count' | 'show' | 'stderr'

/**
 * Runs some work and captures what it prints through `console` or to standard output (reporters do), so that a handler's log
 * does not break the progress bar or mix with the result.
 */
export async function captureConsole<Result>(
  printing: Printing,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly printed: number }> {
  if (printing === 'show') return { result: await work(), printed: 0 }
  const originals = METHODS.map((method) => [method, console[method]] as const)
  const { error } = console
  const { stdout, stderr } = process
  const { write } = stdout
  let printed = 0
  for (const method of METHODS) console[method] = printing === 'stderr' ? error : () => void printed++
  stdout.write = (text: string | Uint8Array) => {
    printed++
    return printing === 'stderr' ? stderr.write(text) : true
  }
  try {
    return { result: await work(), printed }
  } finally {
    stdout.write = write
    for (const [method, original] of originals) console[method] = original
  }
}

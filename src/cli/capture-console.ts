const METHODS = ['debug', 'error', 'info', 'log', 'warn'] as const

/** What happens to what a handler prints: it is counted, shown, or shown on standard error, where it is in no result's way. */
export type Printing = 'count' | 'show' | 'stderr'

/**
 * Runs some work and takes care of what it prints through `console`, so that a handler's log does not run through the
 * progress bar.
 */
export async function captureConsole<Result>(
  printing: Printing,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly printed: number }> {
  if (printing === 'show') return { result: await work(), printed: 0 }
  const originals = METHODS.map((method) => [method, console[method]] as const)
  const { error } = console
  let printed = 0
  for (const method of METHODS) console[method] = printing === 'stderr' ? error : () => void printed++
  try {
    return { result: await work(), printed }
  } finally {
    for (const [method, original] of originals) console[method] = original
  }
}

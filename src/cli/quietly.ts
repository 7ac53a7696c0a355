const METHODS = ['debug', 'error', 'info', 'log', 'warn'] as const

/**
 * Runs some work while what it prints through `console` is counted instead of shown, so that a handler's log does not run
 * through the progress bar.
 *
 * @param verbose shows it all the same
 */
export async function quietly<Result>(
  verbose: boolean,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly printed: number }> {
  if (verbose) return { result: await work(), printed: 0 }
  const originals = METHODS.map((method) => [method, console[method]] as const)
  let printed = 0
  for (const method of METHODS) console[method] = () => void printed++
  try {
    return { result: await work(), printed }
  } finally {
    for (const [method, original] of originals) console[method] = original
  }
}

/** Checks for lone surrogates: they have no UTF-8, so as bytes they would match another character. */
export function isWellFormed(strings: readonly string[]): boolean {
  // Joined with a dot, so that two lone surrogates do not make a pair.
  return strings.join('.').isWellFormed()
}

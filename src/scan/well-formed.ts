/** Half of a surrogate pair has no UTF-8 of its own: as bytes it would be taken for another character. */
export function isWellFormed(texts: readonly string[]): boolean {
  // With something between them, so that no two halves make a pair.
  return texts.join('.').isWellFormed()
}

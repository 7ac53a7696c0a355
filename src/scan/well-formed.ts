/** Half of a surrogate pair has no UTF-8 of its own: as bytes it would be taken for another character. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

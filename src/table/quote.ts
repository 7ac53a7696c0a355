/** Only quotes, backslashes, control characters and lone surrogates need an escape in JSON. */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

/** Checks whether JSON has to escape a string. */
export function needsEscape(text: string): boolean {
  return NEEDS_ESCAPE.test(text)
}

/** Writes a string as JSON, as `JSON.stringify` does; most strings need no escape, and the check is faster. */
export function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`
}

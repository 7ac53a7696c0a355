/** Everything but quotes, backslashes, control characters and halves of surrogate pairs stands for itself in JSON. */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

/** Tells whether JSON writes a string in any other way than as it is, between quotes. */
export function needsEscape(text: string): boolean {
  return NEEDS_ESCAPE.test(text)
}

/** Writes a string as JSON text, as `JSON.stringify` does; most strings need no escape, and a test is faster. */
export function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`
}

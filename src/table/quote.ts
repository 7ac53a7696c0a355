/** Everything but quotes, backslashes, control characters and halves of surrogate pairs stands for itself in JSON. */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

/** Writes a string as JSON text, as `JSON.stringify` does; most strings need no escape, and a test is faster. */
export function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`
}

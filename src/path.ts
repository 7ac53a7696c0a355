/** One step into a value: a key or an index. */
export type PathSegment = string | number

/** Keys that look like a field's name. Anything else could be data (an address used as a key) and stays out of logs. */
const FIELD_NAME = /^[A-Za-z_][\w:-]{0,63}$/

/** Writes a path the way a person reads it, `mail.headers[2].name`; a key that could be data is shown as `[*]`. */
export function formatPath(path: readonly PathSegment[]): string {
  let text = ''
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`
    else if (FIELD_NAME.test(segment)) text += text === '' ? segment : `.${segment}`
    else text += '[*]'
  }
  return text
}

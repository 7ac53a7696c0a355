/** An object key that is one escaped character, in the text of a JSON document. */
const ESCAPED_KEY = /"\\(?:u[0-9a-fA-F]{4}|[^u])"\s*:/

/**
 * Whether this runtime's `JSON.parse` gives a key of one escaped character back as another one, once it has seen an object
 * of the same shape: V8 does in Node 24.21, not in Node 20 and 22. Nothing that is built on it can keep such keys.
 */
const MISREADS = (() => {
  JSON.parse('{"engine probe":[],"\\\\":[]}')
  return !Object.hasOwn(JSON.parse('{"engine probe":[],"\\n":[]}'), '\n')
})()

/** Tells whether the text of a JSON document has a key that this runtime cannot read. */
export function isMisread(text: string): boolean {
  return MISREADS && ESCAPED_KEY.test(text)
}

/** Finds an object key in JSON that is one escaped character. */
const ESCAPED_KEY = /"\\(?:u[0-9a-fA-F]{4}|[^u])"\s*:/

/**
 * Whether this runtime's `JSON.parse` misreads a key of one escaped character, once it has parsed an object of the same shape.
 * V8 does in Node 24.21.0, but not in Node 20.20, 22.23, 24.22 and 26.12. No code that uses `JSON.parse` can keep such keys.
 */
const MISREADS = (() => {
  JSON.parse('{"engine probe":[],"\\\\":[]}')
  return !Object.hasOwn(JSON.parse('{"engine probe":[],"\\n":[]}'), '\n')
})()

/** Whether a JSON document has a key that this runtime misreads. */
export function isMisread(json: string): boolean {
  return MISREADS && ESCAPED_KEY.test(json)
}

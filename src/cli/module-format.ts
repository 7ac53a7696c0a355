/** What Node says of a file in the other module format, with its remedy. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^Cannot use import statement outside a module|^Unexpected token 'export'/,
    'it has import or export, and the "type" of the nearest package.json makes it CommonJS; name it .mjs, or set "type": "module"',
  ],
  [
    /^(?:require|module|exports|__dirname|__filename) is not defined in ES module scope/,
    'it is CommonJS, and the "type" of the nearest package.json makes it an ES module; name it .cjs, or remove "type": "module"',
  ],
]

/** What to do about a module that is in another format than its name and package say; undefined if that is not the cause. */
export function moduleFormatHint(cause: unknown): string | undefined {
  const message = cause instanceof Error ? cause.message : ''
  return REMEDIES.find(([said]) => said.test(message))?.[1]
}

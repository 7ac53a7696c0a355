// Rules are made where modules are loaded; the annotations let a bundler leave out those that nobody asks for.

/** What a setting has to be: a test, and how to say it. */
export type Rule = readonly [accepts: (value: unknown) => boolean, expected: string]

/** A rule for every setting; one that is not here is refused by name. */
export type Rules = { readonly [name: string]: Rule }

/** What is wrong with an object of settings, a sentence each. Values are told by type, texts in quotes. */
export function ruleProblems(settings: unknown, rules: Rules): string[] {
  if (!isObject(settings)) return [`expected an object with ${namesOf(rules)}, got ${quote(settings)}`]
  const problems: string[] = []
  for (const name of Object.keys(settings)) {
    if (!Object.hasOwn(rules, name)) problems.push(`unknown option "${name}"; there are ${namesOf(rules)}`)
  }
  for (const [name, [accepts, expected]] of Object.entries(rules)) {
    const value = settings[name]
    if (!accepts(value)) problems.push(`${name}: expected ${expected}, got ${quote(value)}`)
  }
  return problems
}

/** The same rule for a setting that may be left out. */
// @__NO_SIDE_EFFECTS__
export function optional([accepts, expected]: Rule): Rule {
  return [(value) => value === undefined || accepts(value), expected]
}

/** One of a few texts. */
// @__NO_SIDE_EFFECTS__
export function oneOf(...names: readonly string[]): Rule {
  return [(value) => names.includes(value as string), `"${names.join('" or "')}"`]
}

/** A value of one of JavaScript's own types. */
// @__NO_SIDE_EFFECTS__
export function ofType(type: string): Rule {
  return [(value) => typeof value === type, `a ${type}`]
}

/** A whole number within bounds. */
// @__NO_SIDE_EFFECTS__
export function wholeNumber(min: number, max: number): Rule {
  const accepts = (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
  return [accepts, `a whole number from ${min} to ${max}`]
}

/** Tells an object, of any kind, from what has no members. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null
}

/** A text in quotes, the type of anything else. */
export function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : value === null ? 'null' : typeof value
}

function namesOf(rules: Rules): string {
  return Object.keys(rules).join(', ')
}

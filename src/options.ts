// Rules are created when modules are loaded; the annotations let a bundler remove those that are not used.

/** What a setting has to be: a test, and its description. */
export type Rule = readonly [accepts: (value: unknown) => boolean, expected: string]

/** A rule for every setting; a setting without a rule is reported as unknown. */
export type Rules = { readonly [name: string]: Rule }

/** Lists what is wrong with an object of settings, one sentence each: strings in quotes, other values by their type. */
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

/** Makes a rule accept a setting that is left out. */
// @__NO_SIDE_EFFECTS__
export function optional([accepts, expected]: Rule): Rule {
  return [(value) => value === undefined || accepts(value), expected]
}

/** A rule for one of a few strings. */
// @__NO_SIDE_EFFECTS__
export function oneOf(...names: readonly string[]): Rule {
  return [(value) => names.includes(value as string), `"${names.join('" or "')}"`]
}

/** A rule for a value of a JavaScript type. */
// @__NO_SIDE_EFFECTS__
export function ofType(type: string): Rule {
  return [(value) => typeof value === type, `a ${type}`]
}

/** A rule for a whole number within bounds. */
// @__NO_SIDE_EFFECTS__
export function wholeNumber(min: number, max: number): Rule {
  const accepts = (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
  return [accepts, `a whole number from ${min} to ${max}`]
}

/** Checks whether a value is an object of any kind. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null
}

/** Describes a value: a string in quotes, anything else by its type. */
export function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : value === null ? 'null' : typeof value
}

function namesOf(rules: Rules): string {
  return Object.keys(rules).join(', ')
}

// Rules are made where modules are loaded; the annotations let a bundler leave out those that nothing uses.

/**
 * What a setting has to be: a test, the words for it, and the problems inside a value that passes the test. A problem begins
 * with the path of the setting.
 */
export type Rule = readonly [
  accepts: (value: unknown) => boolean,
  expected: string,
  problemsInside?: ((value: unknown, path: string) => readonly string[]) | undefined,
]

/** A rule for every setting; a setting without a rule is refused by name. */
export type Rules = { readonly [name: string]: Rule }

/**
 * Finds the problems of an object of settings, a sentence each. Strings and numbers are shown as they are, because a person
 * wrote them; other values are shown by their type.
 *
 * @param path where the object is inside other settings, as `transform`
 */
export function ruleProblems(settings: unknown, rules: Rules, path = ''): string[] {
  const where = path === '' ? '' : `${path}: `
  if (!isObject(settings)) return [`${where}expected an object with ${namesOf(rules)}, got ${quote(settings)}`]
  const problems: string[] = []
  for (const name of Object.keys(settings)) {
    if (!Object.hasOwn(rules, name)) problems.push(`${where}unknown option "${name}"; there are ${namesOf(rules)}`)
  }
  for (const [name, [accepts, expected, problemsInside]] of Object.entries(rules)) {
    const value = settings[name]
    const inner = path === '' ? name : `${path}.${name}`
    if (!accepts(value)) problems.push(`${inner}: expected ${expected}, got ${quote(value)}`)
    else if (problemsInside !== undefined) problems.push(...problemsInside(value, inner))
  }
  return problems
}

/** The same rule for a setting that may be left out. */
// @__NO_SIDE_EFFECTS__
export function optional([accepts, expected, problemsInside]: Rule): Rule {
  return [
    (value) => value === undefined || accepts(value),
    expected,
    problemsInside && ((value, path) => (value === undefined ? [] : problemsInside(value, path))),
  ]
}

/** An object of settings inside the settings. */
// @__NO_SIDE_EFFECTS__
export function fields(rules: Rules): Rule {
  return [isObject, `an object with ${namesOf(rules)}`, (value, path) => ruleProblems(value, rules, path)]
}

/** One of a few strings. */
// @__NO_SIDE_EFFECTS__
export function oneOf(...names: readonly string[]): Rule {
  return [(value) => names.includes(value as string), `"${names.join('" or "')}"`]
}

/** A value of one of JavaScript's own types. */
// @__NO_SIDE_EFFECTS__
export function ofType(type: string): Rule {
  return [(value) => typeof value === type, `a ${type}`]
}

/** A string that matches a pattern. */
// @__NO_SIDE_EFFECTS__
export function matching(pattern: RegExp, expected: string): Rule {
  return [(value) => typeof value === 'string' && pattern.test(value), expected]
}

/** A number within bounds. */
// @__NO_SIDE_EFFECTS__
export function numberWithin(min: number, max: number): Rule {
  const accepts = (value: unknown): boolean => typeof value === 'number' && value >= min && value <= max
  return [accepts, `a number from ${min} to ${max}`]
}

/** A whole number within bounds. */
// @__NO_SIDE_EFFECTS__
export function wholeNumber(min: number, max: number): Rule {
  const accepts = (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
  return [accepts, `a whole number from ${min} to ${max}`]
}

/** Checks whether a value is an object of any kind, so that its members can be read. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null
}

/** A string in quotes, a number unchanged, and the type of any other value. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' || value === null ? String(value) : typeof value
}

function namesOf(rules: Rules): string {
  return Object.keys(rules).join(', ')
}

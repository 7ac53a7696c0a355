import { typeName } from '../../table/wrong-type.ts'

/** Checks one option. Returns one sentence a problem, each beginning with the path of the option. */
export type Rule = (value: unknown, path: string) => readonly string[]

/** An option that has to be there. */
export function required(rule: Rule): Rule {
  return (value, path) => (value === undefined ? [`${path} is missing`] : rule(value, path))
}

/** An option that may be left out. */
export function optional(rule: Rule): Rule {
  return (value, path) => (value === undefined ? [] : rule(value, path))
}

/** Any test of one value, with the words for what it expects. */
export function expecting(words: string, test: (value: unknown) => boolean): Rule {
  return (value, path) => (test(value) ? [] : [`${path}: expected ${words}, got ${show(value)}`])
}

export const functionRule: Rule = expecting('a function', (value) => typeof value === 'function')

export function oneOf(...names: readonly string[]): Rule {
  return expecting(`one of ${names.join(', ')}`, (value) => typeof value === 'string' && names.includes(value))
}

export function matching(pattern: RegExp, words: string): Rule {
  return expecting(words, (value) => typeof value === 'string' && pattern.test(value))
}

/** A number from `min` to `max`, both included. */
export function between(min: number, max: number): Rule {
  return expecting(`a number from ${min} to ${max}`, (value) => isBetween(value, min, max))
}

/** A whole number from `min` to `max`, both included. */
export function integerBetween(min: number, max: number): Rule {
  const test = (value: unknown): boolean => Number.isInteger(value) && isBetween(value, min, max)
  return expecting(`a whole number from ${min} to ${max}`, test)
}

/** An object with exactly these options, each with its own rule; others are refused by name. */
export function fields(rules: { readonly [name: string]: Rule }): Rule {
  return (value, path) => {
    if (typeof value !== 'object' || value === null) return [`${path}: expected an object, got ${show(value)}`]
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(rules, name))
    const names = Object.keys(rules)
    return [
      ...unknown.map((name) => `${path}: unknown option ${JSON.stringify(name)}; there are ${names.join(', ')}`),
      ...names.flatMap((name) => rules[name]?.((value as { [name: string]: unknown })[name], `${path}.${name}`) ?? []),
    ]
  }
}

function isBetween(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max
}

/** An option is written by a person, so its value may be shown. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' ? String(value) : typeName(value)
}

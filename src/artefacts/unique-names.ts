/** Gives each table a name by a rule, and appends a number if two tables would get the same name. */
export function uniqueNames(names: readonly string[], rule: (name: string) => string): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const wanted = rule(name)
    let unique = wanted
    for (let number = 2; taken.has(unique); number++) unique = `${wanted}${number}`
    taken.add(unique)
    return unique
  })
}

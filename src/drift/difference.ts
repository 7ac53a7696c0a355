/** One way in which a table that exists differs from the declared one. */
export interface Difference {
  /** `breaking`: records are lost, fail, or arrive changed. `note`: they arrive. */
  readonly severity: 'breaking' | 'note'
  /** The column, as `order.lines.element`; empty for the table itself. */
  readonly path: string
  /** What differs: what is declared and what the table has. */
  readonly what: string
  /** What Firehose will do with records. */
  readonly consequence: string
  readonly remedy: string
}

/** The words of a difference, without its place and severity. */
type Words = Pick<Difference, 'what' | 'consequence' | 'remedy'>

/** A difference that loses or changes data. */
export function breaking(path: string, words: Words): Difference {
  return { severity: 'breaking', path, ...words }
}

/** A difference without loss: the data arrives. */
export function note(path: string, words: Words): Difference {
  return { severity: 'note', path, ...words }
}

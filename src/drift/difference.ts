/** One way in which a table that exists is not the declared one. */
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

/** Everything but what differs and how badly. */
type Words = Pick<Difference, 'what' | 'consequence' | 'remedy'>

/** A difference that loses or changes data. */
export function breaking(path: string, words: Words): Difference {
  return { severity: 'breaking', path, ...words }
}

/** A difference that data survives. */
export function note(path: string, words: Words): Difference {
  return { severity: 'note', path, ...words }
}

import type { ActualField } from './actual.ts'
import { breaking, type Difference, note } from './difference.ts'

/** Whether a column or a field inside one is compared: AWS documents only what happens to columns. */
export type Level = 'column' | 'nested'

/** The note for all columns and fields that accept null in the table but not in the declaration. */
const OPTIONAL_IN_TABLE = 'optional in the table, not nullable in the declaration'

/** The difference of a column or field that accepts null on one side only. */
export function nullabilityDifference(
  path: string,
  required: { readonly declared: boolean; readonly actual: boolean | undefined },
): Difference[] {
  if (required.declared) return required.actual === false ? [optionalInTable(path)] : []
  if (required.actual !== true) return []
  return [
    breaking(path, {
      what: 'declared nullable, required in the table',
      consequence: 'a record with null there goes to the error bucket',
      remedy: 'declare it without nullable(), or make it optional in the table',
    }),
  ]
}

function optionalInTable(path: string): Difference {
  return note(path, {
    what: OPTIONAL_IN_TABLE,
    consequence: 'nothing: the router refuses a row without them before Firehose sees it',
    remedy: 'none needed; Athena creates every column as optional',
  })
}

/** Joins the notes about optional columns into one, because Athena creates every column as optional. */
export function joinOptionalNotes(differences: readonly Difference[]): Difference[] {
  const places = differences.filter(({ what }) => what === OPTIONAL_IN_TABLE)
  const others = differences.filter(({ what }) => what !== OPTIONAL_IN_TABLE)
  const [first] = places
  if (first === undefined) return others
  return [...others, { ...first, path: '', what: `${OPTIONAL_IN_TABLE}: ${places.map(({ path }) => path).join(', ')}` }]
}

/**
 * The difference of a declared field that the table does not have.
 *
 * @param twin the table's field that has the same name in another case
 */
export function notInTable(path: string, twin: string | undefined, level: Level): Difference {
  const consequence =
    level === 'column'
      ? 'Firehose skips a column that the table does not have: its values are lost, without an error'
      : 'AWS does not say what happens to a nested field that the table does not have: it is lost, or the record fails'
  if (twin === undefined) {
    return breaking(path, {
      what: 'not in the table',
      consequence,
      remedy: 'add it to the table, or take it out of the declaration',
    })
  }
  return breaking(path, {
    what: `the table names it ${twin}`,
    consequence: `names have to match, case included, as far as AWS documents it. ${consequence}`,
    remedy: 'rename it to lower case in the table',
  })
}

/** The difference of a field that the table has and the declaration does not. */
export function notDeclared(path: string, { required }: ActualField, level: Level): Difference {
  if (required === true) {
    return breaking(path, {
      what: 'required in the table, not declared',
      consequence: 'a record without it goes to the error bucket (Iceberg.MissingColumnWithinRecord)',
      remedy: 'declare it, or make it optional in the table',
    })
  }
  return note(path, {
    what: 'not declared',
    consequence:
      level === 'column'
        ? 'AWS does not say which missing columns Firehose accepts: it stays null, or the record goes to the error bucket (Iceberg.MissingColumnWithinRecord)'
        : 'AWS does not say which missing nested fields Firehose accepts: it stays null, or the record fails',
    remedy: 'declare it as nullable(...), so that null is written',
  })
}

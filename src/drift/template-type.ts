import { breaking, type Difference } from './difference.ts'
import { toList, toRecord, toText } from './json-record.ts'

/** Names of Hive, as people copy them from Glue's console, and those of Iceberg. */
const HIVE: { readonly [name: string]: string } = { bigint: 'long', smallint: 'int', tinyint: 'int', varchar: 'string' }
const PRIMITIVE = /^(binary|boolean|date|double|float|int|long|string|time|timestamp|timestamptz|uuid|fixed\[\d+\])$/
const DECIMAL = /^decimal\((\d+), (\d+)\)$/
const DECIMAL_WITHOUT_BLANK = /^decimal\((\d+),(\d+)\)$/
const VERSION_3 = /^(timestamp_ns|timestamptz_ns|variant|geometry|geography|unknown)/

/** Looks for a type that Glue refuses or reads differently. */
export function typeTrap(path: string, type: unknown): readonly Difference[] {
  const text = toText(type)
  if (text === undefined) return type !== undefined && typeof type === 'object' ? [notText(path)] : []
  if (!text.trimStart().startsWith('{')) return primitiveTrap(path, text)
  try {
    return nestedTraps(path, JSON.parse(text))
  } catch {
    return [
      breaking(path, {
        what: 'the nested type is not valid JSON',
        consequence: 'Glue refuses the table',
        remedy: "write Iceberg's JSON as one string",
      }),
    ]
  }
}

function notText(path: string): Difference {
  return breaking(path, {
    what: 'the nested type is an object',
    consequence: 'CloudFormation refuses it: Type is a string',
    remedy: "write Iceberg's JSON as one string: JSON.stringify(type)",
  })
}

function primitiveTrap(path: string, text: string): readonly Difference[] {
  if (PRIMITIVE.test(text) || DECIMAL.test(text)) return []
  const [, precision, scale] = DECIMAL_WITHOUT_BLANK.exec(text) ?? []
  const remedy =
    precision === undefined
      ? /^(array|map|struct)</.test(text)
        ? "write the list, map or struct as the text of Iceberg's JSON, with the ids of its fields"
        : HIVE[text] === undefined
          ? 'use a type of Iceberg version 2'
          : `write ${HIVE[text]}`
      : `write decimal(${precision}, ${scale}), with the blank`
  return [
    breaking(path, {
      what: `the type is ${text}`,
      consequence: VERSION_3.test(text)
        ? 'it is a type of Iceberg version 3, and Firehose and Athena write version 2 only'
        : 'it is not a type of Iceberg: Glue refuses the table',
      remedy,
    }),
  ]
}

function nestedTraps(path: string, type: unknown): readonly Difference[] {
  if (typeof type === 'string') return primitiveTrap(path, type)
  const nested = toRecord(type)
  const parts = ['element', 'key', 'value'].filter((part) => part in nested)
  const fields = toList(nested['fields']).map(toRecord)
  const withoutId = [
    ...parts.filter((part) => typeof nested[`${part}-id`] !== 'number'),
    ...fields.filter((field) => typeof field['id'] !== 'number').map((field) => toText(field['name']) ?? ''),
  ]
  return [
    ...withoutId.map((part) =>
      breaking(`${path}.${part}`, {
        what: 'the nested field has no id',
        consequence: 'data files are read by id: Glue refuses the table, or readers find no values',
        remedy: 'give it an id that no other field has',
      }),
    ),
    ...parts.flatMap((part) => nestedTraps(`${path}.${part}`, nested[part])),
    ...fields.flatMap((field) => nestedTraps(`${path}.${toText(field['name']) ?? ''}`, field['type'])),
  ]
}

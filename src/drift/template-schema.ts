import { breaking, type Difference, note } from './difference.ts'
import { type JsonRecord, toList, toRecord, toText } from './json-record.ts'
import { typeTrap } from './template-type.ts'

/** Ids above this one are reserved. https://iceberg.apache.org/spec/#reserved-field-ids */
const LAST_FIELD_ID = 2_147_483_447
const FIRST_PARTITION_ID = 1000
const TRANSFORM = /^(identity|year|month|day|hour|void|bucket\[\d+\]|truncate\[\d+\])$/
const RESERVED = new Set([
  '_file',
  '_pos',
  '_deleted',
  '_spec_id',
  '_partition',
  '_row_id',
  '_last_updated_sequence_number',
])

/** One field with the place that messages name. */
interface PlacedField {
  readonly path: string
  readonly id: unknown
  readonly name: string | undefined
  readonly required: unknown
  readonly type: unknown
}

/** Looks for traps in an `IcebergTableInput`: ids, types, keys, partitions, properties. */
export function icebergInputTraps(input: JsonRecord): readonly Difference[] {
  const schema = toRecord(input['Schema'])
  const fields = toList(schema['Fields']).map(toRecord).map(toPlaced)
  return [
    ...fields.flatMap(fieldTraps),
    ...duplicateIds(fields),
    ...keyTraps(toList(schema['IdentifierFieldIds']), fields),
    ...partitionTraps(toList(toRecord(input['PartitionSpec'])['Fields']).map(toRecord), fields),
    ...upkeepTraps(toRecord(input['Properties'])),
  ]
}

function toPlaced({ Id: id, Name, Required: required, Type: type }: JsonRecord): PlacedField {
  const name = toText(Name)
  return { path: name ?? '(a field without a name)', id, name, required, type }
}

function fieldTraps({ path, id, name, type }: PlacedField): readonly Difference[] {
  const found: Difference[] = []
  if (id === undefined) {
    found.push(
      breaking(path, {
        what: 'the field has no Id',
        consequence: 'data files are read by id: a new column in the middle would take the data of another one',
        remedy: 'set Id, and never change it or give it to another column; `ddl --lock` does',
      }),
    )
  } else if (typeof id === 'number' && (id < 1 || id > LAST_FIELD_ID)) {
    found.push(
      breaking(path, {
        what: `the Id is ${id}`,
        consequence: `readers take ids below 1 and above ${LAST_FIELD_ID} for metadata columns, or refuse the table`,
        remedy: `use an Id from 1 to ${LAST_FIELD_ID}`,
      }),
    )
  }
  if (name !== undefined && name !== name.toLowerCase()) {
    found.push(
      breaking(path, {
        what: 'the name has capital letters',
        consequence: 'Glue and Athena show it in lower case, but Firehose looks for the name of the metadata file',
        remedy: 'use lower-case letters, digits and underscores',
      }),
    )
  }
  if (name !== undefined && RESERVED.has(name)) {
    found.push(
      breaking(path, {
        what: 'the name is reserved for a metadata column',
        consequence: 'readers return the metadata column instead of the data',
        remedy: 'choose another name',
      }),
    )
  }
  return [...found, ...typeTrap(path, type)]
}

function duplicateIds(fields: readonly PlacedField[]): readonly Difference[] {
  const seen = new Map<number, string>()
  const found: Difference[] = []
  for (const { id, path } of fields.flatMap((field) => [field, ...insideOf(field.path, parse(field.type))])) {
    if (typeof id !== 'number') continue
    const other = seen.get(id)
    if (other !== undefined) {
      found.push(
        breaking(path, {
          what: `the Id ${id} is also that of ${other}`,
          consequence: 'both columns read the same values, or the table cannot be read at all',
          remedy: 'give every field, also those inside lists, maps and structs, an Id of its own',
        }),
      )
    }
    seen.set(id, path)
  }
  return found
}

function parse(type: unknown): unknown {
  try {
    return JSON.parse(toText(type) ?? '')
  } catch {
    // Not nested, or reported by `typeTrap`.
    return undefined
  }
}

function insideOf(path: string, type: unknown): readonly { readonly path: string; readonly id: unknown }[] {
  const nested = toRecord(type)
  const parts = ['element', 'key', 'value'].filter((part) => part in nested)
  return [
    ...parts.flatMap((part) => {
      return [{ path: `${path}.${part}`, id: nested[`${part}-id`] }, ...insideOf(`${path}.${part}`, nested[part])]
    }),
    ...toList(nested['fields'])
      .map(toRecord)
      .flatMap((field) => {
        const inner = `${path}.${toText(field['name']) ?? ''}`
        return [{ path: inner, id: field['id'] }, ...insideOf(inner, field['type'])]
      }),
  ]
}

function keyTraps(ids: readonly unknown[], fields: readonly PlacedField[]): readonly Difference[] {
  return ids.flatMap((id) => {
    if (typeof id !== 'number') return []
    const field = fields.find((candidate) => candidate.id === id)
    if (field === undefined) {
      return [
        breaking('IdentifierFieldIds', {
          what: `there is no column with the Id ${id}`,
          consequence: 'Glue refuses the table, or Firehose cannot update and delete in it',
          remedy: 'name the Id of a column',
        }),
      ]
    }
    const isNullable = field.required === false || field.required === undefined
    const isFloating = field.type === 'float' || field.type === 'double'
    if (!isNullable && !isFloating) return []
    return [
      breaking(field.path, {
        what: `an identifier field is ${isNullable ? 'not Required' : String(field.type)}`,
        consequence: 'Iceberg refuses it as an identifier field',
        remedy: isNullable ? 'set Required to true' : 'use a key of another type',
      }),
    ]
  })
}

function partitionTraps(partitions: readonly JsonRecord[], fields: readonly PlacedField[]): readonly Difference[] {
  const ids = partitions.map((field) => field['FieldId'])
  return partitions.flatMap((field, index) => {
    const path = `PartitionSpec.${toText(field['Name']) ?? index}`
    const { SourceId, FieldId, Transform } = field
    const found: Difference[] = []
    if (typeof SourceId === 'number' && !fields.some(({ id }) => id === SourceId)) {
      found.push(
        breaking(path, {
          what: `there is no column with the Id ${SourceId}`,
          consequence: 'the table cannot be read: Athena says "Type cannot be null"',
          remedy: 'keep the column of every partition field, also of one that is not used any more',
        }),
      )
    }
    if (
      FieldId === undefined ||
      (typeof FieldId === 'number' && FieldId < FIRST_PARTITION_ID) ||
      ids.indexOf(FieldId) !== index
    ) {
      found.push(
        breaking(path, {
          what: FieldId === undefined ? 'there is no FieldId' : `the FieldId ${FieldId} is below 1000 or appears twice`,
          consequence: 'Spark and Trino refuse the table ("Conflicting partition fields"); Athena hides it',
          remedy: 'count FieldId up from 1000, and never give one to another field',
        }),
      )
    }
    const transform = toText(Transform)
    if (transform !== undefined && !TRANSFORM.test(transform)) {
      found.push(
        breaking(path, {
          what: `Transform is ${transform}`,
          consequence: 'Glue refuses the table, or readers do not know the transform',
          remedy: 'use identity, year, month, day, hour, bucket[16] or truncate[4]',
        }),
      )
    }
    return found
  })
}

function upkeepTraps(properties: JsonRecord): readonly Difference[] {
  if (String(properties['write.metadata.delete-after-commit.enabled']) === 'true') return []
  return [
    note('Properties', {
      what: 'write.metadata.delete-after-commit.enabled is not true',
      consequence:
        'every commit leaves a metadata file that lists all snapshots: a stream with a commit a minute had 1.57 TiB of them after 58,433 commits',
      remedy:
        'set it to "true", with write.metadata.previous-versions-max, and expire snapshots with a table optimizer',
    }),
  ]
}

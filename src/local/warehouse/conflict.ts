import type { IcebergField, IcebergPartitionSpec } from '../../artefacts/iceberg-type.ts'
import type { IcebergSchema } from './schema.ts'

/** Returns one sentence for each difference between the schema on disk and the declared one. */
export function schemaDifferences(onDisk: IcebergSchema, declared: IcebergSchema): string[] {
  const stored = new Map(onDisk.fields.map((field) => [field.name, field]))
  const wanted = new Map(declared.fields.map((field) => [field.name, field]))
  const fields = declared.fields.flatMap((field) => fieldDifferences(stored.get(field.name), field))
  const surplus = onDisk.fields
    .filter(({ name }) => !wanted.has(name))
    .map(({ name, type }) => `column ${name} is on disk (${typeText(type)}) and not in the declaration`)
  const differences = [...fields, ...surplus, ...keyDifferences(onDisk, declared)]
  // An extra column shifts all columns after it: these are not further differences.
  return differences.length > 0 ? differences : orderDifferences(onDisk, declared)
}

/** Returns how a table is partitioned on disk if that is not as declared: rows would be searched in the wrong files. */
export function specDifferences(onDisk: IcebergPartitionSpec, declared: IcebergPartitionSpec): string[] {
  const [stored, wanted] = [specText(onDisk), specText(declared)]
  return stored === wanted ? [] : [`the partitions are ${stored} on disk and ${wanted} in the declaration`]
}

function specText({ fields }: IcebergPartitionSpec): string {
  const texts = fields.map((field) => `${field.name} (${field.transform} of column ${field['source-id']})`)
  return texts.length === 0 ? 'none' : texts.join(', ')
}

function fieldDifferences(onDisk: IcebergField | undefined, declared: IcebergField): string[] {
  const { name, required } = declared
  if (onDisk === undefined) return [`column ${name} is in the declaration (${typeText(declared.type)}) and not on disk`]
  const differences: string[] = []
  if (typeText(onDisk.type) !== typeText(declared.type)) {
    differences.push(
      `column ${name} is ${typeText(onDisk.type)} on disk and ${typeText(declared.type)} in the declaration`,
    )
  }
  if (onDisk.required !== required) {
    const [stored, wanted] = required ? ['nullable', 'not nullable'] : ['not nullable', 'nullable']
    differences.push(`column ${name} is ${stored} on disk and ${wanted} in the declaration`)
  }
  return differences
}

function keyDifferences(onDisk: IcebergSchema, declared: IcebergSchema): string[] {
  const [stored, wanted] = [keyText(onDisk), keyText(declared)]
  return stored === wanted ? [] : [`the unique keys are ${stored} on disk and ${wanted} in the declaration`]
}

function orderDifferences(onDisk: IcebergSchema, declared: IcebergSchema): string[] {
  return declared.fields.flatMap(({ id, name }, index) => {
    const place = onDisk.fields.findIndex((field) => field.name === name)
    if (place !== index)
      return [`column ${name} is number ${place + 1} on disk and number ${index + 1} in the declaration`]
    const storedId = onDisk.fields[place]?.id
    return storedId === id ? [] : [`column ${name} has field id ${storedId} on disk, and would have ${id}`]
  })
}

function keyText(schema: IcebergSchema): string {
  const ids = schema['identifier-field-ids'] ?? []
  const names = schema.fields.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  return names.length === 0 ? 'none' : names.sort().join(', ')
}

function typeText(type: unknown): string {
  return typeof type === 'string' ? type : JSON.stringify(type)
}

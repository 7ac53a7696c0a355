import type { IcebergField, IcebergSchema, IcebergType } from './iceberg-type.ts'

/** Gives a field its id, by its path such as `lines.element.sku`. */
type IdOf = (path: string, id: number) => number

/** Returns the field ids of a schema by path. */
export function pathIds(schema: IcebergSchema): ReadonlyMap<string, number> {
  const ids = new Map<string, number>()
  mapFieldIds(schema, (path, id) => {
    ids.set(path, id)
    return id
  })
  return ids
}

/** Returns a schema with other field ids; its identifier fields follow them. */
export function mapFieldIds(schema: IcebergSchema, idOf: IdOf): IcebergSchema {
  const fields = mapFields(schema.fields, idOf, '')
  const keys = schema['identifier-field-ids']
  if (keys === undefined) return { ...schema, fields }
  const moved = new Map(schema.fields.map(({ id }, index) => [id, fields[index]?.id ?? id]))
  return { ...schema, 'identifier-field-ids': keys.map((key) => moved.get(key) ?? key), fields }
}

function mapFields(fields: readonly IcebergField[], idOf: IdOf, prefix: string): readonly IcebergField[] {
  return fields.map((field) => {
    const path = `${prefix}${field.name}`
    return { ...field, id: idOf(path, field.id), type: mapType(field.type, idOf, path) }
  })
}

function mapType(type: IcebergType, idOf: IdOf, path: string): IcebergType {
  if (typeof type === 'string') return type
  switch (type.type) {
    case 'struct':
      return { ...type, fields: mapFields(type.fields, idOf, `${path}.`) }
    case 'list': {
      const element = `${path}.element`
      return { ...type, 'element-id': idOf(element, type['element-id']), element: mapType(type.element, idOf, element) }
    }
    case 'map': {
      const [key, value] = [`${path}.key`, `${path}.value`]
      return {
        ...type,
        'key-id': idOf(key, type['key-id']),
        key: mapType(type.key, idOf, key),
        'value-id': idOf(value, type['value-id']),
        value: mapType(type.value, idOf, value),
      }
    }
  }
}

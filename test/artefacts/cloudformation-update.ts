/** `AWS::Glue::Table` of a template, as far as the tests read it. */
export interface TableInput {
  readonly Location: string
  readonly Schema: {
    readonly IdentifierFieldIds?: readonly number[]
    readonly Fields: readonly {
      readonly Id: number
      readonly Name: string
      readonly Type: string
      readonly Required: boolean
      readonly Doc?: string
    }[]
  }
  readonly PartitionSpec?: {
    readonly Fields: readonly {
      readonly SourceId: number
      readonly FieldId: number
      readonly Name: string
      readonly Transform: string
    }[]
  }
  readonly WriteOrder?: object
  readonly Properties: { readonly [name: string]: string }
}

/** A table as Glue stores it. */
export interface GlueTable {
  readonly Parameters: { readonly [name: string]: string }
  /** Iceberg's schemas, one for each update; undefined after a table has lost its metadata file. */
  readonly schemas: readonly TableInput['Schema'][]
}

type Properties = { readonly [name: string]: unknown }

/** The Iceberg part of a resource. */
export function tableInput(properties: Properties | undefined): TableInput {
  const format = properties?.['OpenTableFormatInput'] as
    | { readonly IcebergInput?: { readonly IcebergTableInput?: TableInput } }
    | undefined
  return format?.IcebergInput?.IcebergTableInput ?? { Location: '', Schema: { Fields: [] }, Properties: {} }
}

/**
 * What CloudFormation's create and update do to a table in Glue, as several parties have observed (aws-cdk#29660): a
 * `TableInput` is the whole table at an update, so that the parameters of an Iceberg table are gone; without one, an update
 * adds a schema with the ids of the template.
 */
export function createTable(properties: Properties): GlueTable {
  const isIceberg = 'OpenTableFormatInput' in properties
  const hasInput = 'TableInput' in properties
  if (isIceberg && hasInput && tableInput(properties).Location !== '')
    throw new Error('Table metadata is expected only via TableInput or via IcebergTableInputProperties')
  const Parameters = isIceberg ? { table_type: 'ICEBERG', metadata_location: 's3://…/00000.metadata.json' } : {}
  return { Parameters, schemas: isIceberg && !hasInput ? [tableInput(properties).Schema] : [] }
}

/** The update of `createTable`. */
export function updateTable(table: GlueTable, properties: Properties): GlueTable {
  const { TableInput } = properties as { readonly TableInput?: { readonly Parameters?: GlueTable['Parameters'] } }
  if (TableInput !== undefined) return { Parameters: TableInput.Parameters ?? {}, schemas: [] }
  return { ...table, schemas: [...table.schemas, tableInput(properties).Schema] }
}

/** The ids of all fields of a schema by path, nested ones from the text of their type. */
export function idsByPath(schema: TableInput['Schema']): ReadonlyMap<string, number> {
  const ids = new Map<string, number>()
  const walk = (type: unknown, path: string): void => {
    if (typeof type !== 'object' || type === null) return
    const nested = type as { readonly [name: string]: unknown }
    for (const part of ['element', 'key', 'value']) {
      if (!(part in nested)) continue
      ids.set(`${path}.${part}`, Number(nested[`${part}-id`]))
      walk(nested[part], `${path}.${part}`)
    }
    for (const field of (nested['fields'] ?? []) as readonly { id: number; name: string; type: unknown }[]) {
      ids.set(`${path}.${field.name}`, field.id)
      walk(field.type, `${path}.${field.name}`)
    }
  }
  for (const { Id, Name, Type } of schema.Fields) {
    ids.set(Name, Id)
    walk(Type.startsWith('{') ? JSON.parse(Type) : Type, Name)
  }
  return ids
}

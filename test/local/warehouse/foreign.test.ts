import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parseExactly } from '../../../src/firehose/exact.ts'
import { readAvro } from '../../../src/local/warehouse/avro.ts'
import { type ManifestFile, readManifestList } from '../../../src/local/warehouse/manifest-list.ts'
import { currentSnapshot, type TableMetadata } from '../../../src/local/warehouse/table-metadata.ts'
import { loadLatest } from '../../../src/local/warehouse/versions.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { FOREIGN_CASES } from '../../interop/engines/foreign/cases.ts'
import { createMemoryDisk, type MemoryDisk } from './support/memory-disk.ts'
import { change } from './support/tables.ts'

/*
 * Tables of ours after Spark 4.1.4 with Iceberg 1.12.0 has written to them: its metadata as recorded by
 * test/interop/engines/foreign/main.ts, which also lets Spark read what we commit on top.
 */

interface Recorded {
  readonly disk: MemoryDisk
  /** The folder of the table. */
  readonly folder: string
  readonly names: readonly string[]
}

function load(name: string): Recorded {
  const path = new URL(`foreign/${name}.json`, import.meta.url)
  const files = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>)
  const folder = `/w/${name}/db/people`
  const disk = createMemoryDisk()
  for (const [file, base64] of files) void disk.write(join(folder, 'metadata', file), Buffer.from(base64, 'base64'))
  return { disk, folder, names: files.map(([file]) => file) }
}

function parse(disk: MemoryDisk, path: string): TableMetadata {
  const bytes = disk.files.get(path) ?? new Uint8Array()
  const text = (path.includes('.gz.') ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8')
  return parseExactly(text) as TableMetadata
}

/** The highest version that Spark left. */
function newest({ disk, folder, names }: Recorded): { readonly number: number; readonly metadata: TableMetadata } {
  const numbers = names.map((name) => Number(/^v(\d+)\./.exec(name)?.[1] ?? 0))
  const number = Math.max(...numbers)
  const file = names[numbers.indexOf(number)] ?? ''
  return { number, metadata: parse(disk, join(folder, 'metadata', file)) }
}

async function manifestsOf({ disk, folder }: Recorded, metadata: TableMetadata): Promise<readonly ManifestFile[]> {
  const path = join(folder, 'metadata', basename(currentSnapshot(metadata)?.['manifest-list'] ?? ''))
  return readManifestList(disk.files.get(path) ?? new Uint8Array(), path)
}

function tableOf(name: string) {
  const found = FOREIGN_CASES.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return found.after
}

async function commitOnTop(name: string) {
  const recorded = load(name)
  const before = newest(recorded)
  const table = tableOf(name)
  const extra = 'extra' in table.columns ? { extra: null } : {}
  const opened = await createWarehouse({ folder: `/w/${name}`, disk: recorded.disk }).openTable('db', table)
  await opened.commit([change('update', { id: 'a', age: 9, ...extra })])
  const latest = await loadLatest(recorded.disk, recorded.folder)
  if (latest === undefined) throw new Error('the table has gone')
  return { recorded, before, after: latest, opened }
}

describe.each(FOREIGN_CASES.map(({ name }) => name))('on top of what Spark did (%s)', (name) => {
  test('a commit follows the newest version, and keeps every snapshot, file and setting of it', async () => {
    const { recorded, before, after } = await commitOnTop(name)
    expect(after.number).toBe(before.number + 1)
    const hint = recorded.disk.files.get(join(recorded.folder, 'metadata/version-hint.text'))
    expect(Buffer.from(hint ?? []).toString()).toBe(String(after.number))

    const { metadata } = after
    expect(metadata.snapshots.slice(0, -1)).toEqual(before.metadata.snapshots)
    expect(currentSnapshot(metadata)?.['parent-snapshot-id']).toEqual(before.metadata['current-snapshot-id'])
    const { main, ...refs } = metadata.refs ?? {}
    const { main: mainBefore, ...refsBefore } = before.metadata.refs ?? {}
    expect(refs).toEqual(refsBefore)
    expect({ ...main, 'snapshot-id': 0 }).toEqual({ ...mainBefore, 'snapshot-id': 0 })
    for (const field of [
      'schemas',
      'partition-specs',
      'properties',
      'sort-orders',
      'table-uuid',
      'location',
    ] as const) {
      expect(metadata[field]).toEqual(before.metadata[field])
    }
    const listed = await manifestsOf(recorded, metadata)
    for (const manifest of await manifestsOf(recorded, before.metadata)) expect(listed).toContainEqual(manifest)
  })

  test('our manifests have the ids of the schema and the partition spec that are current', async () => {
    const { recorded, after } = await commitOnTop(name)
    const { metadata } = after
    const own = (await manifestsOf(recorded, metadata)).filter(
      ({ added_snapshot_id }) => added_snapshot_id === metadata['current-snapshot-id'],
    )
    expect(own).toHaveLength(2)
    for (const { manifest_path, partition_spec_id } of own) {
      expect(partition_spec_id).toBe(metadata['default-spec-id'])
      const bytes = recorded.disk.files.get(join(recorded.folder, 'metadata', basename(manifest_path)))
      const text = Buffer.from(bytes ?? []).toString('latin1')
      // Two digits of length and the value, as Avro has texts in a map.
      expect(text).toContain(`schema-id\x02${metadata['current-schema-id']}`)
      expect(text).toContain(`partition-spec-id\x02${metadata['default-spec-id']}`)
      const spec = metadata['partition-specs'].find((one) => one['spec-id'] === metadata['default-spec-id'])
      const { schema } = await readAvro(bytes ?? new Uint8Array())
      expect(partitionIds(schema)).toEqual(spec?.fields.map((field) => field['field-id']))
    }
  })

  test('the next commit of a table that was open all the time goes on too', async () => {
    const { opened } = await commitOnTop(name)
    const extra = 'extra' in opened.declaration.columns ? { extra: null } : {}
    await opened.commit([change('insert', { id: 'z', age: 1, ...extra })])
  })
})

/** The field ids of the partition in the Avro schema of a manifest. */
function partitionIds(schema: unknown): unknown {
  let ids: unknown
  JSON.stringify(schema, (_, value) => {
    if (value?.['field-id'] === 102) ids = value.type.fields.map((field: Record<string, unknown>) => field['field-id'])
    return value
  })
  return ids
}

describe('what Spark left is really what it is called', () => {
  test('gzip: the newest version is compressed, and so is ours', async () => {
    const { recorded, before, after } = await commitOnTop('gzip')
    expect(recorded.names).toContain(`v${before.number}.gz.metadata.json`)
    expect(after.file).toBe(`v${after.number}.gz.metadata.json`)
  })

  test('rollback: an id beyond 2^53 that is not current stays exact', async () => {
    const { before, after } = await commitOnTop('rollback')
    const big = before.metadata.snapshots.map((one) => one['snapshot-id']).filter((id) => typeof id === 'bigint')
    expect(big).toHaveLength(1)
    expect(after.metadata.snapshots.map((one) => one['snapshot-id'])).toContain(big[0])
  })

  test('retention: main keeps how long its snapshots are kept', async () => {
    const { after } = await commitOnTop('retention')
    expect(after.metadata.refs?.['main']).toMatchObject({ 'max-ref-age-ms': 604_800_000, 'min-snapshots-to-keep': 5 })
    expect(Object.keys(after.metadata.refs ?? {})).toContain('audit')
  })

  test('insert: no more metadata files than the table now wants', async () => {
    const { recorded, after } = await commitOnTop('insert')
    expect(after.metadata['metadata-log']).toHaveLength(2)
    const logged = after.metadata['metadata-log'].map((entry) => basename(entry['metadata-file']))
    const versions = [...recorded.disk.files.keys()].map((path) => basename(path)).filter((name) => /^v\d/.test(name))
    expect(versions.sort()).toEqual([...logged, after.file].sort())
  })

  test('position-deletes: their count is carried on', async () => {
    const { before, after } = await commitOnTop('position-deletes')
    expect(currentSnapshot(before.metadata)?.summary['total-position-deletes']).toBe('1')
    expect(currentSnapshot(after.metadata)?.summary['total-position-deletes']).toBe('1')
  })

  test('spec-again and schema: the current ids are not the first ones', async () => {
    expect(newest(load('spec-again')).metadata['default-spec-id']).toBeGreaterThan(1)
    expect(newest(load('schema')).metadata['current-schema-id']).toBe(1)
  })
})

test('two writers compete for the same version also if one compresses it', async () => {
  const recorded = load('insert')
  const { number } = newest(recorded)
  const metadata = join(recorded.folder, 'metadata')
  const warehouse = createWarehouse({ folder: '/w/insert', disk: recorded.disk })
  const opened = await warehouse.openTable('db', tableOf('insert'))
  const theirs = recorded.disk.files.get(join(metadata, `v${number}.metadata.json`)) ?? new Uint8Array()
  await recorded.disk.write(join(metadata, `v${number + 1}.gz.metadata.json`), theirs)
  await opened.commit([change('insert', { id: 'z', age: 1 })])
  expect(recorded.disk.files.has(join(metadata, `v${number + 1}.metadata.json`))).toBe(false)
  expect((await loadLatest(recorded.disk, recorded.folder))?.number).toBe(number + 2)
})

test('a version in a compression that is not known stops the writer, and nothing is set back', async () => {
  const recorded = load('insert')
  const { number } = newest(recorded)
  const metadata = join(recorded.folder, 'metadata')
  await recorded.disk.write(join(metadata, `v${number + 1}.zstd.metadata.json`), Buffer.from('?'))
  await recorded.disk.write(join(metadata, 'version-hint.text'), Buffer.from(String(number + 1)))
  const open = createWarehouse({ folder: '/w/insert', disk: recorded.disk }).openTable('db', tableOf('insert'))
  await expect(open).rejects.toThrow('its compression is not known here (only gzip is); restore the file, or keep')
})

test('a table that has rows is never to be removed, however it is declared', async () => {
  const recorded = load('schema')
  const open = createWarehouse({ folder: '/w/schema', disk: recorded.disk }).openTable('db', tableOf('insert'))
  await expect(open).rejects.toMatchObject({
    code: 'TableConflict',
    message: expect.stringMatching(/keep the table as it is and deliver into another folder/),
  })
  await expect(open).rejects.not.toThrow(/remove/)
})

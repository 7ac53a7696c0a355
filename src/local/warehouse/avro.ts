import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { Schema, Type } from 'avsc'
import { loadAvsc } from './peers.ts'

/** An Avro object container file: its schema, the metadata beside it, and its records. */
export interface AvroFile {
  readonly schema: Schema
  readonly metadata: { readonly [key: string]: string }
  readonly records: readonly unknown[]
}

const MAGIC = Buffer.from('Obj\x01', 'latin1')
const SYNC_BYTES = 16

/**
 * Writes an object container file of one block, uncompressed. By hand, because avsc's own writer leaves the `field-id`s
 * out of the schema, and is a stream. https://avro.apache.org/docs/1.11.1/specification/#object-container-files
 */
export async function writeAvro({ schema, metadata, records }: AvroFile): Promise<Uint8Array> {
  const { header, long, forSchema } = await loadTypes()
  const type = forSchema(schema)
  const sync = randomBytes(SYNC_BYTES)
  const texts = { 'avro.schema': JSON.stringify(schema), 'avro.codec': 'null', ...metadata }
  const entries = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text, 'utf8')])
  const block = Buffer.concat(records.map((record) => type.toBuffer(record)))
  const start = [MAGIC, header.toBuffer(Object.fromEntries(entries)), sync]
  const counts = [long.toBuffer(records.length), long.toBuffer(block.length)]
  // A file without records has no block: some readers read an empty block as the end, some as damage.
  return Buffer.concat(records.length === 0 ? start : [...start, ...counts, block, sync])
}

/** The names under which fields are read, by their Iceberg field ids. */
export type FieldNames = { readonly [fieldId: number]: string }

/** What {@link readAvro} finds in a file. */
export interface ReadAvro {
  /** The schema as its writer wrote it. */
  readonly schema: unknown
  readonly records: readonly unknown[]
}

/**
 * Reads a file that any program wrote, uncompressed or deflated. Fields are found by their ids, because some writers use other
 * names. Throws for other bytes.
 */
export async function readAvro(bytes: Uint8Array, names: FieldNames = {}): Promise<ReadAvro> {
  const { header, long, forSchema } = await loadTypes()
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!buffer.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('the file does not begin as Avro does')
  const { value: metadata, offset } = decode(header, buffer, MAGIC.length)
  const { 'avro.schema': schemaBytes, 'avro.codec': codec } = metadata as { readonly [key: string]: Buffer }
  if (schemaBytes === undefined) throw new Error('the file has no Avro schema')
  const schema: unknown = JSON.parse(schemaBytes.toString())
  const type = forSchema(renamed(schema, names))
  const records: unknown[] = []
  for (const { count, block } of blocksOf(buffer, offset, long)) {
    const plainBlock = decompress(block, codec?.toString() ?? 'null')
    for (let i = 0, at = 0; i < count; i++) {
      const record = decode(type, plainBlock, at)
      records.push(record.value)
      at = record.offset
    }
  }
  return { schema, records }
}

function* blocksOf(buffer: Buffer, start: number, long: Type): Generator<{ count: number; block: Buffer }> {
  const sync = buffer.subarray(start, start + SYNC_BYTES)
  let at = start + SYNC_BYTES
  while (at < buffer.length) {
    const count = decode(long, buffer, at)
    const size = decode(long, buffer, count.offset)
    const end = size.offset + Number(size.value)
    if (!buffer.subarray(end, end + SYNC_BYTES).equals(sync)) throw new Error('a block does not end where it should')
    yield { count: Number(count.value), block: buffer.subarray(size.offset, end) }
    at = end + SYNC_BYTES
  }
}

function decompress(block: Buffer, codec: string): Buffer {
  if (codec === 'null') return block
  if (codec === 'deflate') return inflateRawSync(block)
  throw new Error(`the codec ${codec} is not read here, only null and deflate`)
}

/** A schema in which fields with known ids have our names. */
function renamed(schema: unknown, names: FieldNames): Schema {
  return JSON.parse(JSON.stringify(schema), (_, value) => {
    const name = names[value?.['field-id']]
    return name === undefined ? value : { ...value, name }
  })
}

interface Types {
  readonly header: Type
  readonly long: Type
  readonly forSchema: (schema: Schema) => Type
}

const HEADER: Schema = { type: 'map', values: 'bytes' }

/** avsc compiles a schema to code, which takes longer than most files take to write. */
const compiled = new Map<string, Type>()

async function loadTypes(): Promise<Types> {
  const { Type, types } = await loadAvsc()
  const registry = { long: longType(types) }
  const forSchema = (schema: Schema): Type => {
    const text = JSON.stringify(schema)
    const type = compiled.get(text) ?? Type.forSchema(plain(schema), { registry: { ...registry } })
    compiled.set(text, type)
    return type
  }
  return { header: forSchema(HEADER), long: forSchema('long'), forSchema }
}

function decode(type: Type, buffer: Buffer, from: number): { readonly value: unknown; readonly offset: number } {
  const { value, offset } = type.decode(buffer, from)
  // avsc returns -1 if the bytes end too early.
  if (offset < 0) throw new Error('the file ends too early')
  return { value, offset }
}

/** A schema without logical types. They change no byte, but with them avsc accepts no bigint for a long. */
function plain(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (_, value) =>
    value?.type === 'long' && 'logicalType' in value ? 'long' : value,
  )
}

/** Whole numbers of 64 bits; bigints if a JavaScript number cannot hold them. */
function longType(types: Awaited<ReturnType<typeof loadAvsc>>['types']): Type {
  return types.LongType.__with({
    fromBuffer: (bytes: Buffer) => {
      const value = bytes.readBigInt64LE()
      return Number.isSafeInteger(Number(value)) ? Number(value) : value
    },
    toBuffer: (value: number | bigint) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigInt64LE(BigInt(value))
      return bytes
    },
    isValid: (value: unknown) => typeof value === 'bigint' || Number.isSafeInteger(value),
    compare: (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0),
    fromJSON: Number,
    toJSON: String,
  })
}

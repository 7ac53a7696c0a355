import { Buffer } from '../../firehose/buffer.ts'
import { oneOf, optional, type Rules } from '../../options.ts'
import { type Column, type ColumnOptions, column, type Encode, type FixedType, type ValueWith } from '../column.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

/** Settings of a column of bytes. */
export interface BinaryOptions extends ColumnOptions<Uint8Array> {
  /**
   * How bytes are written: as padded base64 (the default), or as hexadecimal digits. Firehose accepts both but does not
   * document how it distinguishes them (hexadecimal digits are valid base64 as well): try hex before you rely on it.
   */
  readonly as?: 'base64' | 'hex'
}

type BytesText = 'base64' | 'hex'

const OPTIONS: Rules = { as: optional(oneOf('base64', 'hex')) }

/** A column of bytes of any length. */
export function binary<const Options extends BinaryOptions>(options?: Options): Column<ValueWith<Uint8Array, Options>> {
  const as = options?.as ?? 'base64'
  return column({ name: 'binary', as, canBeKey: true, encode: encoderOf(as, undefined) }, options, OPTIONS)
}

/** A column of exactly `length` bytes. */
export function fixed<const Options extends BinaryOptions>(
  length: number,
  options?: Options,
): Column<ValueWith<Uint8Array, Options>> {
  const as = options?.as ?? 'base64'
  const isLength = Number.isInteger(length) && length > 0
  const type: FixedType = {
    name: 'fixed',
    length,
    as,
    canBeKey: true,
    encode: encoderOf(as, length),
    ...(isLength ? {} : { problems: [`fixed: expected a length of at least 1, got ${String(length)}`] }),
  }
  return column(type, options, OPTIONS)
}

function encoderOf(text: BytesText, length: number | undefined): Encode {
  return (value, { from }) => {
    const bytes = from === 'encoded' && typeof value === 'string' ? decode(value, text) : value
    if (!(bytes instanceof Uint8Array))
      return wrongType(from === 'encoded' ? `bytes as ${text}` : 'a Uint8Array', value)
    if (length === undefined || bytes.length === length) return `"${toBuffer(bytes).toString(text)}"`
    return new RowIssue('OutOfRange', `expected ${length} bytes, got ${bytes.length}`)
  }
}

/** Undefined if the bytes do not print as the same string: Buffer skips what it cannot read. */
function decode(value: string, text: BytesText): Uint8Array | undefined {
  const bytes = Buffer.from(value, text)
  return bytes.toString(text) === value ? bytes : undefined
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

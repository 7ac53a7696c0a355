import { Buffer } from 'node:buffer'
import type { LeafType } from '../../table/column.ts'

/** Orders two bounds of a type by their values. https://iceberg.apache.org/spec/#appendix-d-single-value-serialization */
export function compareBounds(type: LeafType, a: Buffer, b: Buffer): number {
  switch (type.name) {
    case 'int':
    case 'date':
      return a.readInt32LE() - b.readInt32LE()
    case 'long':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return a.readBigInt64LE() < b.readBigInt64LE() ? -1 : 1
    case 'float':
      return a.readFloatLE() - b.readFloatLE()
    case 'double':
      return a.readDoubleLE() - b.readDoubleLE()
    case 'decimal':
      return toNumber(a) < toNumber(b) ? -1 : 1
    default:
      return Buffer.compare(a, b)
  }
}

/** Two's complement, big-endian. */
function toNumber(bytes: Buffer): bigint {
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`))
}

const C1 = 0xcc9e2d51
const C2 = 0x1b873593

/** Hashes bytes as Iceberg's buckets do: Murmur3, 32 bits, x86, seed 0, signed. https://iceberg.apache.org/spec/#appendix-b-32-bit-hash-requirements */
export function murmur3(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - (bytes.length % 4)
  let hash = 0
  for (let at = 0; at < end; at += 4) {
    hash = rotate(hash ^ scramble(view.getUint32(at, true)), 13)
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let at = bytes.length - 1; at >= end; at--) tail = (tail << 8) | view.getUint8(at)
  return finish(hash ^ scramble(tail) ^ bytes.length)
}

function scramble(word: number): number {
  return Math.imul(rotate(Math.imul(word, C1), 15), C2)
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

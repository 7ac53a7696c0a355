import zlib from 'node:zlib'
import { optional, type Rules, ruleProblems, wholeNumber } from '../options.ts'
import type { Decoder, Yields } from '../router/decoder.ts'
import { createDecoder, refuse } from './create-decoder.ts'
import { isWholeZstd } from './zstd-frames.ts'

/** Bounds of a decoder that unpacks. */
export interface UnpackOptions {
  /** Bytes that a record may have unpacked; by default 16 MiB (16,777,216). */
  readonly maxBytes?: number
}

/** The functions of `node:zlib` with their option `info`, which Node's types leave out. */
const SYNC = zlib as unknown as {
  readonly gunzipSync: Unpack
  readonly inflateSync: Unpack
  readonly zstdDecompressSync?: Unpack
}

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024
const RULES: Rules = { maxBytes: optional(wholeNumber(1, 1_000_000_000)) }

/** Unpacks gzip, of one or several members, and verifies its checksums: `d.gzip(d.json())`. */
export function gzip<Event, Count extends Yields>(
  inner: Decoder<Event, Count>,
  options: UnpackOptions = {},
): Decoder<Event, Count> {
  return unpacker('gzip', SYNC.gunzipSync, isGzip, inner, options)
}

/** Unpacks zlib (RFC 1950: deflate with a header and a checksum). */
export function zlibDecoder<Event, Count extends Yields>(
  inner: Decoder<Event, Count>,
  options: UnpackOptions = {},
): Decoder<Event, Count> {
  return unpacker('zlib', SYNC.inflateSync, isZlib, inner, options)
}

/**
 * Unpacks zstd. Building the router fails if this Node has no zstd: 22.15 and later have it. Let the producer write
 * checksums, as the command `zstd` does: without them zstd does not notice every changed bit.
 */
export function zstd<Event, Count extends Yields>(
  inner: Decoder<Event, Count>,
  options: UnpackOptions = {},
): Decoder<Event, Count> {
  return unpacker('zstd', SYNC.zstdDecompressSync && unpackZstd, isZstd, inner, options)
}

const unpackZstd: Unpack = (bytes, options) => {
  if (!isWholeZstd(bytes)) throw new TypeError('the last frame is not whole')
  return (SYNC.zstdDecompressSync as Unpack)(bytes, options)
}

/** Checks for the first three bytes of gzip: its magic number and the only method that exists. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** Checks for the header of zlib: deflate, a window that exists, a check sum of the header, no preset dictionary. */
function isZlib(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes
  return (method & 15) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0 && (flags & 32) === 0
}

function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd
}

/** A function of `node:zlib` that unpacks, with what it says about itself. */
type Unpack = (
  bytes: Uint8Array,
  options: { readonly maxOutputLength: number; readonly info: true },
) => { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } }

function unpacker<Event, Count extends Yields>(
  format: string,
  unpack: Unpack | undefined,
  recognises: (bytes: Uint8Array) => boolean,
  inner: Decoder<Event, Count>,
  options: UnpackOptions,
): Decoder<Event, Count> {
  const { problems, decode } = inner['~decoder']
  const missing =
    unpack === undefined ? [`decode: this Node (${process.version}) has no ${format}; run on Node 22.15 or later`] : []
  return createDecoder({
    name: `${format}(${inner.name})`,
    yields: inner.yields,
    problems: [...missing, ...ruleProblems(options, RULES, `decode: ${format}`), ...problems],
    recognises,
    decode: (bytes) => {
      const unpacked = unpackWithin(unpack as Unpack, bytes, options.maxBytes ?? DEFAULT_MAX_BYTES)
      return typeof unpacked === 'string' ? refuse(...FAILURES[unpacked](format, options)) : decode(unpacked)
    },
  })
}

type Fault = 'invalid' | 'trailing' | 'too large'

const FAILURES: {
  readonly [Name in Fault]: (format: string, options: UnpackOptions) => Parameters<typeof refuse>
} = {
  invalid: (format) => [
    'InvalidCompression',
    `expected ${format} data, got something else, a part of it, or changed bytes`,
  ],
  trailing: (format) => ['InvalidCompression', `expected ${format} data, got more bytes after its end`],
  'too large': (format, { maxBytes = DEFAULT_MAX_BYTES }) => [
    'PayloadTooLarge',
    `expected at most ${maxBytes} bytes of unpacked ${format} data, got more; see maxBytes`,
  ],
}

/** Unpacks without ever holding more than is allowed. */
function unpackWithin(unpack: Unpack, bytes: Uint8Array, maxBytes: number): Uint8Array | Fault {
  try {
    const { buffer, engine } = unpack(bytes, { maxOutputLength: maxBytes, info: true })
    // Node ignores what follows the end of a zlib stream, which may be another one, and zeros after gzip.
    return engine.bytesWritten === bytes.length ? buffer : 'trailing'
  } catch (cause) {
    return (cause as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'invalid'
  }
}

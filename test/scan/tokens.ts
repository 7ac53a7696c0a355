/** Tokens to splice into documents; most are invalid anywhere. */
// biome-ignore format: one token a line would be hundreds of lines
export const TOKENS: readonly string[] = [
  '{', '}', '[', ']', ',', ':', '"', '""', '\\', 'true', 'false', 'null', 'tru', 'nul', 'NaN', '-', '0', '01', '1.', '{}', '[]', '[,]',
  '{,}', '"a":1', ',"a":1', '"a",', '/**/', '//', '#', "'", "'a'", '\n', '\u000b', '\u00a0', '}}', ']]', '{"a"', '"eventType":"Send"',
]

/** Numbers at the limits of types, and strings that are not numbers. */
// biome-ignore format: one token a line would be hundreds of lines
export const NUMBERS: readonly string[] = [
  '0', '-0', '0.0', '-0.0', '0e0', '1e0', '1', '-1', '1.0', '1.5', '2147483647', '2147483648', '-2147483648', '-2147483649', '4294967296',
  '999999999999999', '1000000000000000', '9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740992',
  '-9007199254740993', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809',
  '18446744073709551616', '12345678901234567890123', '0.1', '0.30000000000000004', '3.4028234663852886e38', '3.5e38', '1e-45',
  '1.401298464324817e-45', '5e-324', '2e-324', '2.2250738585072011e-308', '1.7976931348623157e308', '1.7976931348623159e308', '1e308',
  '1e309', '-1e309', '1e400', '1e-400', '1e22', '1e23', '1e21', '1e-7', '0.000001', '1E5', '1e+5', '100000000000000', '99999999999999',
  '1768205702645000', '1768205702645', '1768205702', '86399999999', '86400000000', '1e15', '1.5e15', '123456789012345.678',
  '0.1000000000000000055511151231257827021181583404541015625', '9007199254740992.5', '1'.repeat(40), '9'.repeat(400), `0.${'0'.repeat(60)}1`,
  `1${'0'.repeat(330)}`, '+1', '01', '-01', '1.', '.5', '1e', '1e+', '0x1', '1_0', '--1', '-', '1e5.5',
]

/** Values of every type, to be used instead of another type. */
// biome-ignore format: one token a line would be hundreds of lines
export const VALUES: readonly string[] = [
  'null', 'true', 'false', '0', '1.5', '""', '"a"', '"1"', '"true"', '"null"', '[]', '{}', '[1]', '["a"]', '["a","b"]', '[null]', '["a",1]',
  '[[]]', '{"a":1}', '{"name":"From","value":"x"}', '[{"name":"From","value":"x"}]', '[{"name":"FROM","value":null},{"name":"from","value":"y"}]',
  '[{"name":"From"},{"value":"x"}]', '[{"name":"From","value":"x","name":"To"}]', '{"0":"a"}', '{"length":1}', '"2026-01-12T08:15:02.645Z"',
  '"2026-01-12T08:15:02.645678Z"', '"2026-01-12T08:15:02.6456789Z"', '"2026-01-12T08:15:02+09:30"', '"2026-01-12 08:15"', '"2026-02-29T00:00:00Z"',
  '"2024-02-29T23:59:59.999Z"', '"2026-01-12T24:00:00.000Z"', '"2026-01-12T08:15:60.000Z"', '"0000-01-01T00:00:00.000Z"', '"9999-12-31T23:59:59.999Z"',
  '"1969-12-31T23:59:59.999Z"', '"2026-01-12"', '"2026-13-01"', '"18:56:15.096"', '"24:00:00"', '"123e4567-e89b-12d3-a456-426614174000"',
  '"123E4567-E89B-12D3-A456-42661417400G"', '"12.50"', '"-0.005"', '"1e2"', '"9223372036854775807"', '"\\u0000"', '"é\\n\\"\\\\/"', '"\\/"', '"😀"',
  '"\\ud83d\\ude00"', '"\u2028"', '"\\u2028"', '"\u007f"', `"${'x'.repeat(200)}"`, `"${'\\n'.repeat(33)}"`, `"${'é'.repeat(33)}"`,
]

/** Invalid escapes. */
// biome-ignore format: one token a line would be hundreds of lines
export const BAD_ESCAPES: readonly string[] = [
  '\\', '\\a', '\\x41', '\\0', "\\'", '\\u', '\\u1', '\\u12', '\\u123', '\\u123g', '\\U0041', '\\u{41}', '\\ ', '\\\n', '\\u 041', '\\u+041', '\\u00e', '\\é',
]

/** Valid escapes. */
// biome-ignore format: one token a line would be hundreds of lines
export const GOOD_ESCAPES: readonly string[] = [
  '\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t', '\\u0041', '\\u00e9', '\\u00E9', '\\u0000', '\\u001f', '\\u0022', '\\u005c', '\\u2028', '\\uffff',
  '\\ud83d\\ude00', '\\uD800\\uDC00', '\\\\u0041', '\\\\"'.slice(0, 2), 'é', '水', '😀', '\u2028', '\u0080', '\uffff', '\ufeff',
]

/** Lone surrogates, and pairs in the wrong order. */
// biome-ignore format: one token a line would be hundreds of lines
export const SURROGATES: readonly string[] = [
  '\\ud800', '\\udfff', '\\udc00\\ud800', '\\ud800\\ud800', '\\ud800a', '\\ud83d\\n', '\\ud83d\\u0041', '\\uDBFF', '\\ud83d\\ud83d\\ude00', '\\ud800\\\\udc00',
]

/** Bytes that are not UTF-8. */
// biome-ignore format: one token a line would be hundreds of lines
export const BAD_UTF8: readonly (readonly number[])[] = [
  [0x80], [0xbf], [0xc3], [0xc0, 0xaf], [0xc1, 0xbf], [0xe0, 0x80, 0xaf], [0xe0, 0x9f, 0xbf], [0xe6, 0xb0], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf],
  [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], [0xf0, 0x80, 0x80, 0xaf], [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x9f, 0x98], [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80], [0xfe], [0xff], [0xc3, 0x41], [0xe9],
]

/** White space of JSON, and characters that are not. */
// biome-ignore format: one token a line would be hundreds of lines
export const SPACES: readonly string[] = [' ', '\n', '\t', '\r', '\r\n', '  ', ' '.repeat(15), ' '.repeat(16), ' '.repeat(63)]

/** Characters that are invalid inside and outside of strings. */
// biome-ignore format: one token a line would be hundreds of lines
export const CONTROLS: readonly string[] = ['\u0000', '\u0001', '\b', '\u000b', '\f', '\u000e', '\u001f', '\n', '\t', '\r', '\u007f']

/** A text that every JSON reader must accept, must refuse, or may treat either way as long as it is consistent. */
export type Case = { readonly name: string; readonly expect: 'accept' | 'refuse' | 'either' } & (
  | { readonly text: string; readonly bytes?: undefined }
  | { readonly bytes: readonly number[]; readonly text?: undefined }
)

/** The bytes of a case. */
export function bytesOf({ text, bytes }: Case): Uint8Array {
  return text === undefined ? Uint8Array.from(bytes) : Buffer.from(text, 'utf8')
}

type Groups = { readonly [group: string]: readonly string[] }

const nested = (depth: number, open: string, close: string, inner = ''): string =>
  open.repeat(depth) + inner + close.repeat(depth)

// biome-ignore format: one text a line would be six hundred lines
const ACCEPT: Groups = {
  literals: ['true', 'false', 'null', '[true,false,null]', '{"a":null}'],
  numbers: [
    '0', '-0', '1', '-1', '9', '10', '19', '123', '-123', '2147483647', '2147483648', '-2147483648', '4294967296',
    '9007199254740991', '-9007199254740991', '0.0', '-0.0', '0.1', '1.0', '1.5', '-1.5', '123.456', '0.000001',
    '3.141592653589793', '0.1000000000000000055511151231257827', '1e0', '1E0', '1e1', '1e+1', '1e-1', '1E+10',
    '1E-10', '0e0', '0e+1', '0E-0', '-0e-0', '1.5e3', '-1.5E-3', '12.34e+56', '1e22', '1e23', '1e308', '-1e308',
    '2.2250738585072014e-308', '5e-324', '1.7976931348623157e308', '100000000000000000000', '1e007', '1e-007',
    '[0,-0,1.0]', '[1e5,1E5]',
  ],
  strings: [
    '""', '" "', '"a"', '"abc"', '"/"', '"\'"', '"`"', '"\u007f"', '"\u0080"', '"é"', '"ß水"', '"\u2028\u2029"', '"😀"',
    '"\ufeff"', '"\uffff"', '"\u{10ffff}"', '"null"', '"[1,2]"', '"{\\"a\\":1}"', '"a,b:c"', '"0123456789abcde"',
    '"0123456789abcdef"', '"0123456789abcdef0"', `"${'x'.repeat(63)}"`, `"${'x'.repeat(64)}"`, `"${'é'.repeat(40)}"`,
  ],
  escapes: [
    '"\\""', '"\\\\"', '"\\/"', '"\\b"', '"\\f"', '"\\n"', '"\\r"', '"\\t"', '"\\b\\f\\n\\r\\t"', '"\\\\\\""',
    '"\\\\\\\\"', '"a\\\\"', '"\\\\n"', '"\\\\u0041"', '"\\u0041"', '"\\u00e9"', '"\\u00E9"', '"\\u0000"',
    '"\\u001f"', '"\\u007f"', '"\\u0022"', '"\\u005c"', '"\\u005c\\u0022"', '"\\u2028"', '"\\ufeff"', '"\\uffff"',
    '"\\uFFFD"', '"\\uabcd\\uEF01"', '"\\ud83d\\ude00"', '"\\uD800\\uDC00"', '"\\udbff\\udfff"', '"a\\ud83d\\ude00b"',
    '"0123456789abcd\\n"', '"0123456789abcde\\n"', `"${'\\n'.repeat(40)}"`, `"${'\\u0041'.repeat(20)}"`,
  ],
  structure: [
    '[]', '{}', '[[]]', '[{}]', '{"a":{}}', '{"a":[]}', '[[],[]]', '[{},{}]', '[1]', '[1,2]', '[1,[2,[3]]]',
    '{"a":1}', '{"a":1,"b":2}', '{"a":{"b":{"c":1}}}', '[{"a":[{"b":[]}]}]', '{"":1}', '{"":{"":""}}', '{" ":1}',
    '{"a b":1}', '{"\\u0061":1}', '{"\\n":1}', '{"\\"":1}', '{"\\\\":1}', '{"é":1}', '{"😀":1}', '{"__proto__":1}',
    '{"__proto__":{"a":1}}', '{"constructor":1,"toString":2,"hasOwnProperty":3}', '{"0":1,"-1":2,"1e5":3}',
    '{"length":0}', '{"a":"}"}', '{"a":"]"}', '{"a":"\\"}"}', '["[","{"]',
  ],
  'white space': [
    ' 1', '1 ', '\t1', '1\t', '\n1', '1\n', '\r1', '1\r', '\r\n1\r\n', ' \t\r\n 1 \t\r\n ', ' [ ] ', ' { } ',
    '[ 1 , 2 ]', '{ "a" : 1 , "b" : 2 }', '[\n1\n,\n2\n]', '{\t"a"\t:\t1\t}', `${' '.repeat(64)}1`,
    `1${' '.repeat(64)}`, `[${' '.repeat(15)}1]`, ' "a" ', ' true ', ' null\n',
  ],
  depth: [
    nested(16, '[', ']'), nested(17, '[', ']', '1'), nested(64, '[', ']'), nested(500, '[', ']'),
    nested(64, '{"a":', '}', '1'),
  ],
}

// biome-ignore format: one text a line would be six hundred lines
const REFUSE: Groups = {
  nothing: ['', ' ', '\n', '\t\r\n'],
  literals: [
    'tru', 'truee', 'True', 'TRUE', 'fals', 'falsee', 'False', 'nul', 'nulll', 'Null', 'NULL', 'nil', 'undefined',
    'NaN', 'Infinity', '-Infinity', 't', 'f', 'n', 'yes', 'true1', 'null0', 'truefalse', 'None', '-true', '+null',
    '\\u0074rue', '[tru]', '[nul]', '{"a":fals}',
  ],
  numbers: [
    '-', '+1', '+0', '--1', '-+1', '01', '-01', '00', '-00', '001', '1.', '-1.', '0.', '.1', '-.1', '.', '1..2',
    '1.2.3', '1.e1', '1e', '1E', '1e+', '1e-', '1E+', 'e1', '1e1.5', '1e1e1', '1ee1', '1e++1', '0x10', '0b1', '0o7',
    '1_000', '1,000', '1 000', '1f', '1n', '1a', '0a', '- 1', '1 .5', '1e 5', '1.5.', '-a', '١', '１', '½', '∞',
    '1\u00a02', '[1.]', '[.5]', '[01]', '[-]', '[1e]', '{"a":+1}',
  ],
  strings: [
    '"', '"a', 'a"', "'a'", '`a`', 'a', '"a""', '"a"b', '"""', '"a" "b"', '“a”', '"\n"', '"\r"', '"\t"', '"a\nb"',
    '"\u0000"', '"\u0001"', '"\u0008"', '"\u001f"', '"0123456789abcde\u001f"', '"0123456789abcdef\u0000"',
    `"${'x'.repeat(63)}\n"`, '["a]', '{"a:1}',
  ],
  escapes: [
    '"\\"', '"\\\\\\"', '"\\a"', '"\\e"', '"\\v"', '"\\0"', '"\\1"', '"\\x41"', '"\\\'"', '"\\`"', '"\\ "', '"\\\n"',
    '"\\N"', '"\\T"', '"\\u"', '"\\u1"', '"\\u12"', '"\\u123"', '"\\u123"', '"\\u123g"', '"\\u 123"', '"\\u+123"',
    '"\\u-123"', '"\\u12 3"', '"\\U0041"', '"\\u{41}"', '"\\u00e"', '"\\uD83D\\u"', '"\\ud83d\\ude0"', '"\\é"',
    '"\\\u0000"', '"0123456789abcde\\"', '"0123456789abcdef\\q"', '\\"a\\"', '\\u0022a\\u0022',
  ],
  structure: [
    '[', ']', '{', '}', '[]]', '[[]', '{}}', '{{}', '[}', '{]', '[{]}', '[1', '[1,', '[1,]', '[,1]', '[,]', '[1,,2]',
    '[1 2]', '[1;2]', '[1:2]', '[1}', '{"a"', '{"a":', '{"a":}', '{"a":1', '{"a":1,', '{"a":1,}', '{,"a":1}', '{,}',
    '{"a" 1}', '{"a"::1}', '{"a":1,,"b":2}', '{"a":1 "b":2}', '{"a":1:2}', '{"a",1}', '{"a"}', '{"a","b"}', '{1:2}',
    '{null:1}', '{true:1}', '{[]:1}', '{{}:1}', '{a:1}', "{'a':1}", '{"a":1]', '{"a":[}', '{"a":{]}', '{"a"="b"}',
    '{"a"=>1}', '(1)', '<a>', '[...[]]', '["a",', '["a"', '{"a":"b"', '[1]]]', nested(40, '[', ''),
    nested(40, '{"a":', ''), nested(40, '[', ']').slice(1), '*', ',', ':', ';', '=', '&', '#', '\\', '/',
  ],
  'white space': [
    '\u000b1', '\u000c1', '\u00a01', '1\u00a0', '\u20281', '\u20291', '\u30001', '\u20031', '\u00851', '\u200b1',
    '[1,\u00a02]', '{"a"\u000b:1}', '[\u000c]', '\u0000', '\u00001', '1\u0000', '[1\u0000]', '\u001f1', '[\b]',
  ],
  'byte order mark': [
    '\ufeff', '\ufeff1', '\ufeff{}', '\ufeff\ufeff1', '1\ufeff', '[\ufeff1]', '{\ufeff"a":1}', '{"a":\ufeff1}',
  ],
  'text after the end': [
    '1 2', '1 1', '{} {}', '{}{}', '{}[]', '[] []', '{}\n{}', '{"a":1}\n{"a":2}\n', 'null null', '"a" 1', '{} x',
    '[]x', '{}#', '{}//', '{} \u0000', '1,', '{},', '{}\\n', 'true,',
  ],
  comments: ['/**/1', '1/**/', '1//', '//1\n1', '[1/**/,2]', '{"a"/**/:1}', '#1\n1', '{/* */}', '<!--1', '[1,//\n2]'],
}

// biome-ignore format: one text a line would be six hundred lines
const EITHER: Groups = {
  surrogates: [
    '"\\ud800"', '"\\udfff"', '"\\uDBFF"', '"\\udc00\\ud800"', '"\\ud800\\ud800"', '"\\ud800a"', '"a\\udc00"',
    '"\\ud800\\n"', '"\\ud800\\u0041"', '"\\ud83d\\ud83d\\ude00"', '{"\\ud800":1}', '["\\udead"]',
    '"\\ud800\\\\udc00"',
  ],
  numbers: [
    '9007199254740992', '9007199254740993', '-9007199254740993', '12345678901234567890', '9223372036854775807',
    '9223372036854775808', '-9223372036854775809', '18446744073709551616', '1e309', '-1e309', '1e400', '1e-400',
    '-1e-400', '1e9999999999', '1e-9999999999', '2e-324', '1.7976931348623159e308', `1${'0'.repeat(400)}`,
    `0.${'0'.repeat(400)}1`, '0.1'.padEnd(200, '3'), `${'9'.repeat(1001)}`, `-${'1'.repeat(30)}.5`,
    '0.30000000000000004441', '9007199254740992.5', '[1e400,-1e400]',
  ],
  'duplicate keys': [
    '{"a":1,"a":1}', '{"a":1,"a":2}', '{"a":1,"a":null}', '{"a":{"b":1},"a":{"c":2}}', '{"a":[1],"a":{}}',
    '{"a":1,"\\u0061":2}', '{"\\u0061":1,"a":2}', '{"__proto__":1,"__proto__":2}', '{"":1,"":2}',
    '{"a":1,"b":2,"a":3}',
  ],
  depth: [
    nested(1000, '[', ']'), nested(5000, '[', ']'), nested(1000, '{"a":', '}', '1'),
    nested(2500, '[{"a":', '}]', '1'),
  ],
}

/** Bytes that are not the UTF-8 of any text, inside of strings and outside. */
const BAD_BYTES: { readonly [name: string]: readonly number[] } = {
  'a continuation byte': [0x80],
  'the last continuation byte': [0xbf],
  'a lead byte alone': [0xc3],
  'a lead byte of three alone': [0xe6],
  'two of three bytes': [0xe6, 0xb0],
  'three of four bytes': [0xf0, 0x9f, 0x98],
  'a lead byte before ASCII': [0xc3, 0x41],
  'two lead bytes': [0xc3, 0xc3, 0xa9],
  'an overlong slash of two': [0xc0, 0xaf],
  'an overlong slash of three': [0xe0, 0x80, 0xaf],
  'an overlong slash of four': [0xf0, 0x80, 0x80, 0xaf],
  'an overlong quote': [0xc0, 0xa2],
  'an overlong NUL': [0xc0, 0x80],
  'the largest overlong of two': [0xc1, 0xbf],
  'the largest overlong of three': [0xe0, 0x9f, 0xbf],
  'the largest overlong of four': [0xf0, 0x8f, 0xbf, 0xbf],
  'a high surrogate': [0xed, 0xa0, 0x80],
  'a low surrogate': [0xed, 0xbf, 0xbf],
  'a pair of surrogates': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  'beyond the last character': [0xf4, 0x90, 0x80, 0x80],
  'far beyond the last character': [0xf7, 0xbf, 0xbf, 0xbf],
  'five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
  'six bytes': [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80],
  FE: [0xfe],
  FF: [0xff],
  'Latin-1': [0x63, 0x61, 0x66, 0xe9],
  'an invalid third byte': [0xe6, 0xb0, 0x22],
  'an invalid fourth byte': [0xf0, 0x9f, 0x98, 0x22],
}

/** Bytes that are UTF-8, at the ends of what its lengths can say. */
const GOOD_BYTES: { readonly [name: string]: readonly number[] } = {
  'the last of one byte': [0x7f],
  'the first of two': [0xc2, 0x80],
  'the last of two': [0xdf, 0xbf],
  'the first of three': [0xe0, 0xa0, 0x80],
  'before the surrogates': [0xed, 0x9f, 0xbf],
  'after the surrogates': [0xee, 0x80, 0x80],
  'the replacement character': [0xef, 0xbf, 0xbd],
  'the last of three': [0xef, 0xbf, 0xbf],
  'the first of four': [0xf0, 0x90, 0x80, 0x80],
  'the last of four': [0xf4, 0x8f, 0xbf, 0xbf],
}

const QUOTE = 0x22
const quoted = (bytes: readonly number[]): number[] => [QUOTE, ...bytes, QUOTE]
const padding = Array.from({ length: 14 }, () => 0x78)

/** Every case, each with its own name. */
export const CASES: readonly Case[] = [
  ...fromGroups('accept', ACCEPT),
  ...fromGroups('refuse', REFUSE),
  ...fromGroups('either', EITHER),
  ...Object.entries(GOOD_BYTES).flatMap(([name, bytes]): Case[] => [
    { name: `accept UTF-8: ${name}`, bytes: quoted(bytes), expect: 'accept' },
    { name: `accept UTF-8 across 16 bytes: ${name}`, bytes: quoted([...padding, ...bytes]), expect: 'accept' },
  ]),
  ...Object.entries(BAD_BYTES).flatMap(([name, bytes]): Case[] => [
    { name: `refuse UTF-8: ${name}`, bytes: quoted(bytes), expect: 'refuse' },
    { name: `refuse UTF-8 across 16 bytes: ${name}`, bytes: quoted([...padding, ...bytes]), expect: 'refuse' },
    { name: `refuse UTF-8 outside of a string: ${name}`, bytes, expect: 'refuse' },
  ]),
]

function fromGroups(expect: Case['expect'], groups: Groups): Case[] {
  return Object.entries(groups).flatMap(([group, list]) =>
    [...new Set(list)].map((text) => ({ name: `${expect} ${group}: ${label(text)}`, text, expect })),
  )
}

function label(text: string): string {
  const shown = JSON.stringify(text).slice(1, -1)
  return shown.length <= 60 ? shown : `${shown.slice(0, 40)}… (${text.length} characters)`
}

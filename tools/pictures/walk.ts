import { arrow, box, type Picture, text } from './svg.ts'

interface Stage {
  readonly title: string
  readonly file: string
  readonly does: string
  readonly fails: readonly string[]
}

const STAGES: readonly Stage[] = [
  { title: 'decode', file: 'firehose/decode.ts', does: 'base64 to JSON', fails: ['InvalidBase64', 'InvalidJson', '…'] },
  { title: 'match', file: 'find-route.ts', does: 'event to route', fails: ['NoRoute', 'MatcherThrew', '…'] },
  {
    title: 'transform',
    file: 'transform.ts',
    does: 'schema, your code',
    fails: ['SchemaMismatch', 'TransformThrew', '…'],
  },
  { title: 'encode', file: 'encode-rows.ts', does: 'checked row', fails: ['MissingColumn', 'WrongType', '…'] },
  {
    title: 'respond',
    file: 'respond.ts',
    does: 'within the budget',
    fails: ['ResponseTooLarge', 'ReingestFailed', '…'],
  },
]

const [LEFT, STEP, WIDTH, TOP] = [110, 172, 142, 138]

/** The walk of one record through the router. */
export const walk: Picture = {
  title:
    'A record is decoded, matched, transformed, encoded and answered. Records of select routes try the fast path first.',
  width: 960,
  height: 400,
  shapes: [
    box({ x: 16, y: TOP, width: 66, height: 84, title: 'record' }),
    arrow({
      points: [
        [82, TOP + 42],
        [LEFT - 2, TOP + 42],
      ],
    }),
    ...STAGES.flatMap(stage),
    box({
      x: LEFT,
      y: 24,
      width: 3 * STEP + WIDTH,
      height: 60,
      title: 'fast path: from bytes to a row (routes with select)',
      notes: ['router/fast-path.ts, scan/'],
      look: 'ours',
    }),
    arrow({
      points: [
        [49, TOP],
        [49, 54],
        [LEFT - 2, 54],
      ],
    }),
    arrow({
      points: [
        [LEFT + 36, 84],
        [LEFT + 36, TOP - 2],
      ],
      label: '“not mine”',
      at: [LEFT + 74, 116],
      isDashed: true,
    }),
    arrow({
      points: [
        [LEFT + 3 * STEP + WIDTH, 54],
        [LEFT + 4 * STEP + 71, 54],
        [LEFT + 4 * STEP + 71, TOP - 2],
      ],
      label: 'row',
      at: [LEFT + 4 * STEP + 50, 47],
    }),
    box({
      x: LEFT,
      y: 316,
      width: 3 * STEP + WIDTH,
      height: 62,
      title: 'failed: this record alone',
      notes: ['ProcessingFailed, to the error output; or a row of the dead-letter table'],
      look: 'bad',
    }),
    arrow({
      points: [
        [LEFT + 3 * STEP + WIDTH, 347],
        [LEFT + 4 * STEP + 71, 347],
        [LEFT + 4 * STEP + 71, 300],
      ],
    }),
    text([LEFT + 4 * STEP + 71, 366], 'is answered too', { look: 'note', anchor: 'middle' }),
  ],
}

function stage({ title, file, does, fails }: Stage, index: number): string[] {
  const x = LEFT + index * STEP
  const middle = x + WIDTH / 2
  const isLast = index === STAGES.length - 1
  return [
    box({ x, y: TOP, width: WIDTH, height: 84, title, notes: [file, does], look: isLast ? 'good' : 'plain' }),
    ...(isLast
      ? []
      : [
          arrow({
            points: [
              [x + WIDTH, TOP + 42],
              [x + STEP - 2, TOP + 42],
            ],
          }),
        ]),
    ...fails.map((code, line) => text([middle, TOP + 104 + line * 16], code, { look: 'note', anchor: 'middle' })),
    ...(isLast
      ? []
      : [
          arrow({
            points: [
              [middle, TOP + 142],
              [middle, 314],
            ],
          }),
        ]),
  ]
}

import { arrow, box, frame, type Picture, text } from './svg.ts'

/** The pipeline around the router, for the README. */
export const pipeline: Picture = {
  title:
    'Producers write to Firehose. Firehose invokes the Lambda, commits its rows to Iceberg tables, and writes what failed to S3.',
  width: 880,
  height: 420,
  shapes: [
    box({ x: 30, y: 170, width: 150, height: 72, title: 'producers', notes: ['Direct PUT,', 'Kinesis or MSK'] }),
    box({
      x: 300,
      y: 170,
      width: 210,
      height: 72,
      title: 'Amazon Data Firehose',
      notes: ['collects batches,', 'commits rows'],
    }),
    box({
      x: 300,
      y: 24,
      width: 210,
      height: 72,
      title: 'Lambda: your router',
      notes: ['one answer for each record'],
      look: 'ours',
    }),
    arrow({
      points: [
        [180, 206],
        [298, 206],
      ],
      label: 'events',
      at: [208, 224],
    }),
    arrow({
      points: [
        [350, 170],
        [350, 98],
      ],
      label: 'records',
      at: [320, 138],
    }),
    arrow({
      points: [
        [460, 96],
        [460, 168],
      ],
      label: 'rows, each with its table',
      at: [540, 138],
    }),
    arrow({
      points: [
        [300, 60],
        [240, 60],
        [240, 204],
      ],
      isDashed: true,
    }),
    text([228, 56], 'what does not fit', { look: 'note', anchor: 'end' }),
    text([228, 72], 'goes back (optional)', { look: 'note', anchor: 'end' }),
    frame({ x: 640, y: 132, width: 210, height: 146, title: 'Iceberg tables' }),
    box({ x: 660, y: 162, width: 170, height: 44, title: 'orders', look: 'good' }),
    box({ x: 660, y: 218, width: 170, height: 44, title: 'refunds', look: 'good' }),
    arrow({
      points: [
        [510, 206],
        [638, 206],
      ],
      label: 'rows',
    }),
    frame({ x: 170, y: 302, width: 430, height: 100, title: 'S3 error bucket' }),
    box({
      x: 185,
      y: 332,
      width: 195,
      height: 58,
      title: 'processing-failed/',
      notes: ['records the router failed'],
      look: 'bad',
    }),
    box({
      x: 390,
      y: 332,
      width: 195,
      height: 58,
      title: 'iceberg-failed/',
      notes: ['rows a table refused'],
      look: 'bad',
    }),
    arrow({
      points: [
        [350, 242],
        [350, 330],
      ],
    }),
    arrow({
      points: [
        [460, 242],
        [460, 330],
      ],
    }),
    box({
      x: 640,
      y: 30,
      width: 210,
      height: 60,
      title: 'alarm: failed records',
      notes: ["a line in the function's log"],
      look: 'bad',
    }),
    arrow({
      points: [
        [510, 60],
        [638, 60],
      ],
      label: 'report',
    }),
    box({
      x: 640,
      y: 332,
      width: 210,
      height: 58,
      title: 'alarm: failed rows',
      notes: ['metric FailedRowCount'],
      look: 'bad',
    }),
    arrow({
      points: [
        [585, 361],
        [638, 361],
      ],
    }),
  ],
}

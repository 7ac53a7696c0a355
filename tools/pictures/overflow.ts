import { arrow, box, type Picture, text } from './svg.ts'

/** What happens when the answers of a batch do not fit into the response. */
export const overflow: Picture = {
  title:
    'If the answers do not fit, copies of failed payloads give way, then dead-letter rows, then the largest rows, which fail or go back onto the stream.',
  width: 940,
  height: 430,
  shapes: [
    box({ x: 20, y: 40, width: 150, height: 64, title: 'all answers', notes: ['size known to the byte'] }),
    arrow({
      points: [
        [170, 72],
        [258, 72],
      ],
    }),
    box({
      x: 260,
      y: 40,
      width: 190,
      height: 64,
      title: 'within the budget?',
      notes: ['responseBudgetBytes'],
      look: 'ours',
    }),
    arrow({
      points: [
        [450, 72],
        [698, 72],
      ],
      label: 'yes',
    }),
    box({ x: 700, y: 40, width: 220, height: 64, title: 'response to Firehose', look: 'good' }),
    arrow({
      points: [
        [355, 104],
        [355, 148],
      ],
      label: 'no',
      at: [372, 130],
    }),
    box({
      x: 230,
      y: 150,
      width: 250,
      height: 100,
      title: 'answers give way, in this order:',
      notes: ['1. copies of failed payloads', '2. dead-letter rows', '3. rows, the largest first'],
    }),
    arrow({
      points: [
        [480, 170],
        [810, 170],
        [810, 106],
      ],
      label: 'it fits',
      at: [600, 163],
    }),
    arrow({
      points: [
        [270, 250],
        [270, 300],
        [130, 300],
        [130, 330],
      ],
      label: "overflow: 'fail'",
      at: [196, 293],
    }),
    box({ x: 20, y: 332, width: 220, height: 64, title: 'ProcessingFailed', notes: ['ResponseTooLarge'], look: 'bad' }),
    arrow({
      points: [
        [400, 250],
        [400, 330],
      ],
      label: "overflow: 'reingest'",
      at: [462, 293],
    }),
    box({
      x: 300,
      y: 332,
      width: 220,
      height: 64,
      title: 'envelope onto the stream',
      notes: ['at most three times'],
      look: 'ours',
    }),
    arrow({
      points: [
        [520, 350],
        [698, 350],
      ],
      label: 'confirmed',
    }),
    box({
      x: 700,
      y: 310,
      width: 220,
      height: 52,
      title: 'Dropped',
      notes: ['it comes again in a later batch'],
      look: 'good',
    }),
    arrow({
      points: [
        [520, 384],
        [600, 384],
        [600, 396],
        [698, 396],
      ],
      label: 'not confirmed',
      at: [642, 413],
    }),
    box({ x: 700, y: 372, width: 220, height: 48, title: 'ProcessingFailed', notes: ['ReingestFailed'], look: 'bad' }),
    text([560, 215], 'Nothing is lost: each record still has one answer.', { look: 'note' }),
  ],
}

import { type Shape, TYPICAL } from './workload.ts'

/** One question that the benchmark answers, in one table. */
export interface Experiment {
  readonly name: string
  readonly title: string
  /** `steady` is `time` for long enough that a peak of memory says something. */
  readonly mode: 'time' | 'steady' | 'whole' | 'cold'
  readonly shapes: readonly { readonly label: string; readonly shape: Shape }[]
  /** The contenders; by default all that can take part. Other languages have no mode `cold`. */
  readonly contenders?: readonly string[]
}

const OURS = ['tuned', 'functions', 'select', 'scan']

/** Records of a batch of about 5 MB at most. */
function sized(sizeBytes: number): { label: string; shape: Shape } {
  const records = Math.max(8, Math.min(1000, Math.floor(4_000_000 / sizeBytes)))
  return { label: `${sizeBytes / 1000} kB`, shape: { ...TYPICAL, sizeBytes, records } }
}

/** All experiments, in the order of the page. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'typical',
    title: '1,000 SES events of 1.4 kB',
    mode: 'steady',
    shapes: [{ label: '1,000 records', shape: TYPICAL }],
  },
  {
    name: 'whole',
    title: 'The same with the request parsed and the response printed',
    mode: 'whole',
    shapes: [{ label: '1,000 records', shape: TYPICAL }],
    contenders: [...OURS, 'plain', 'python', 'go', 'rust'],
  },
  {
    name: 'batches',
    title: 'Records in a batch',
    mode: 'time',
    shapes: [100, 1000, 2500].map((records) => ({ label: `${records} records`, shape: { ...TYPICAL, records } })),
    contenders: OURS,
  },
  {
    name: 'sizes',
    title: 'Bytes in a record',
    mode: 'time',
    shapes: [500, 5000, 50_000, 500_000].map(sized),
    contenders: OURS,
  },
  {
    name: 'routes',
    title: 'Routes, told apart by names of 23 characters and more',
    mode: 'time',
    shapes: [1, 3, 100, 1000].map((routes) => ({ label: `${routes} routes`, shape: { ...TYPICAL, routes } })),
    contenders: OURS,
  },
  {
    name: 'cold',
    title: 'The first ten invocations of 500 records in a fresh process',
    mode: 'cold',
    shapes: [{ label: '10 × 500 records', shape: { ...TYPICAL, records: 500 } }],
    contenders: [...OURS, 'zod', 'plain'],
  },
]

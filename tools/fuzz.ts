import { parseArgs } from 'node:util'
import { fuzz } from '../test/scan/fuzz.ts'

// `npm run fuzz`: both engines of `select` on a million hostile documents, or as many as one says; ends with status 1 and
// the document where they disagree.

const { values } = parseArgs({ options: { documents: { type: 'string' }, seed: { type: 'string' } } })
const documents = numberOf('documents', values.documents ?? '1000000')
const seed = numberOf('seed', values.seed ?? String(Math.floor(Math.random() * 1e9)))
console.log(`${documents} documents, seed ${seed}`)
const start = performance.now()
let shown = start
const { taken, routers, kinds } = await fuzz({ documents, seed }, (tried) => {
  if (performance.now() - shown < 5000) return
  shown = performance.now()
  console.log(`${tried.documents} documents, ${tried.taken} of them by the compiled engine`)
})
for (const [kind, count] of [...kinds].sort(([, a], [, b]) => b - a))
  console.log(`  ${String(count).padStart(8)} ${kind}`)
const seconds = ((performance.now() - start) / 1000).toFixed(0)
console.log(`${documents} documents of ${routers} routers agree, ${taken} by the compiled engine; ${seconds} s`)

function numberOf(name: string, text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  console.error(`--${name}: expected a whole number from 1, got ${JSON.stringify(text)}`)
  process.exit(2)
}

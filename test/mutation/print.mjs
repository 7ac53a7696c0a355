import { readFileSync } from 'node:fs'

// node print.mjs report.json [file filter]
const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
for (const [file, { mutants, source }] of Object.entries(report.files)) {
  const count = {}
  for (const m of mutants) count[m.status] = (count[m.status] ?? 0) + 1
  const lines = source.split('\n')
  console.log('##', file, JSON.stringify(count))
  for (const m of mutants)
    if (m.status === 'Survived' || m.status === 'NoCoverage' || process.argv[3] === m.status) {
      const { start, end } = m.location
      const orig =
        start.line === end.line
          ? lines[start.line - 1].slice(start.column - 1, end.column - 1)
          : `${lines[start.line - 1].slice(start.column - 1)}…`
      console.log(
        `${start.line}:${start.column} ${m.status[0]} ${m.static ? 'static ' : ''}${m.mutatorName}: ${orig.slice(0, 90)}  →  ${(m.replacement ?? '').replace(/\s+/g, ' ').slice(0, 90)}`,
      )
    }
}

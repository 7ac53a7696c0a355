/** What an engine made of one table. */
export interface Outcome {
  readonly name: string
  /** The row of the matrix. */
  readonly feature: string
  readonly verdict: 'right' | 'wrong' | 'refused'
  readonly detail: string
}

type ByEngine = Readonly<Record<string, readonly Outcome[]>>

/** Prints the outcomes as a table in Markdown: a row for each feature, a column for each engine. */
export function renderMatrix(versions: Readonly<Record<string, string>>, outcomes: ByEngine): string {
  const engines = Object.keys(outcomes)
  const all = outcomes[engines[0] ?? ''] ?? []
  const features = [...new Set(all.map(({ feature }) => feature))]
  const rows = features.map((feature) => {
    const count = all.filter((outcome) => outcome.feature === feature).length
    return [`${feature} (${count})`, ...engines.map((engine) => cell(outcomes[engine] ?? [], feature))]
  })
  const totals = engines.map((engine) => {
    const count = (verdict: string) => (outcomes[engine] ?? []).filter((outcome) => outcome.verdict === verdict).length
    return `${count('right')} / ${count('wrong')} / ${count('refused')}`
  })
  const lines = [
    ['', ...engines],
    ['---', ...engines.map(() => '---')],
    [`all ${all.length}: right / wrong / refused`, ...totals],
    ...rows,
  ]
  const used = engines.map((engine) => `- ${engine}: ${versions[engine]}`).join('\n')
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\nRead with these versions:\n\n${used}`
}

function cell(outcomes: readonly Outcome[], feature: string): string {
  const own = outcomes.filter((outcome) => outcome.feature === feature)
  const parts = (['wrong', 'refused'] as const).flatMap((verdict) => {
    const names = own.filter((outcome) => outcome.verdict === verdict).map(({ name }) => label(name))
    if (names.length === 0) return []
    const word = verdict === 'wrong' ? '**wrong**' : 'refused'
    return names.length === own.length ? [word] : [`${word}: ${[...new Set(names)].join(', ')}`]
  })
  return parts.length === 0 ? 'right' : parts.join('; ')
}

/** What distinguishes a table from the others of its row. */
function label(name: string): string {
  return name.replace(/^(type|nested|key|two|null|filter|part_id|part_k|before_1970)_/, '').replaceAll('_', ' ')
}

/**
 * Ends a script that takes no arguments if it was given any: with its purpose for `--help`, or with status 2. A script that
 * writes files must not do so for someone who only asks what it does.
 */
export function takeNoArguments(name: string, purpose: string): void {
  const args = process.argv.slice(2)
  if (args.length === 0) return
  const usage = `npm run ${name}\n\n${purpose} It takes no options.\n`
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage)
    process.exit(0)
  }
  process.stderr.write(`npm run ${name}: expected no arguments, got ${args.length}\n\n${usage}`)
  process.exit(2)
}

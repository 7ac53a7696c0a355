import { isIcebergRouterError } from '../error.ts'
import { type Command, UsageError } from './command.ts'
import { checkCommand } from './commands/check.ts'
import { ddlCommand } from './commands/ddl.ts'
import { jqCommand } from './commands/jq.ts'
import { runCommand } from './commands/run.ts'
import { showCommand } from './commands/show.ts'
import { isReported, printJson, toJsonError } from './print-json.ts'
import type { Terminal } from './terminal.ts'
import { packageVersion } from './version.ts'

/** All commands; a new one is a file in `commands/` and a line here. */
const COMMANDS: readonly Command[] = [runCommand, showCommand, ddlCommand, checkCommand, jqCommand]

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit status: 0, 1 for a failure, 2 for invalid arguments, 130 after Ctrl-C
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (name === '--version' || name === '-v') {
    terminal.out(`${packageVersion()}\n`)
    return 0
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.out(overview())
    return name === undefined ? 2 : 0
  }
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (command === undefined) {
    terminal.err(`firehose-iceberg: there is no command "${name}"\n\n${overview()}`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(command.usage)
    return 0
  }
  return attempt(command, rest, terminal)
}

async function attempt(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await command.run(args, terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`firehose-iceberg ${command.name}: ${error.message}\n\n${command.usage}`)
      return 2
    }
    // An unexpected error keeps its stack.
    if (!isIcebergRouterError(error)) throw error
    // Some commands already have the error in their result.
    if (args.includes('--json') && !isReported(error))
      terminal.out(printJson({ command: command.name, status: 1, error: toJsonError(error) }))
    terminal.err(`firehose-iceberg ${command.name}: ${error.message}\n${reason(error.cause)}`)
    return 1
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? `  because: ${cause.message}\n` : ''
}

function overview(): string {
  const commands = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(8)}${summary}`)
  return `firehose-iceberg <command>\n\n${commands.join('\n')}\n\nfirehose-iceberg <command> --help   prints the options of a command\n--json prints the result of any command as JSON; --version prints the version\n`
}

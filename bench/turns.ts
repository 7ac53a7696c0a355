import { type ChildProcess, spawn } from 'node:child_process'

/** Long beside what it takes to fill the caches again, short beside the seconds for which a machine is slower. */
const TURN_MS = 100

/**
 * Runs commands side by side, one at a time: each runs for a tenth of a second while the others are stopped. What the
 * machine does to one of them it does to all, which processes of a second each, one after the other, cannot say.
 *
 * @returns what each of them prints
 */
export async function runInTurns(commands: readonly (readonly string[])[]): Promise<string[]> {
  const children = commands.map(([file = '', ...args]) => spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] }))
  // Stopped commands would stay stopped for ever after this process had ended.
  const end = (): void => {
    for (const child of children) child.kill('SIGKILL')
  }
  process.once('exit', end)
  try {
    const [outputs] = await Promise.all([Promise.all(children.map(outputOf)), takeTurns(children)])
    return outputs
  } finally {
    process.off('exit', end)
    end()
  }
}

async function takeTurns(children: readonly ChildProcess[]): Promise<void> {
  let going = children.map((child) => ({ child, over: exitOf(child) }))
  for (const child of children) child.kill('SIGSTOP')
  while (going.length > 0) {
    for (const { child, over } of going) {
      child.kill('SIGCONT')
      await Promise.race([over, wait(TURN_MS)])
      child.kill('SIGSTOP')
    }
    going = going.filter(({ child: { exitCode, signalCode } }) => exitCode === null && signalCode === null)
  }
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function outputOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    child.once('error', reject)
    child.once('close', (status) => {
      if (status === 0) resolve(text)
      else reject(new Error(`${child.spawnargs.join(' ')} ended with status ${status}`))
    })
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** The outcome of an invocation. */
export type Ended =
  | { readonly kind: 'response'; readonly body: string }
  | { readonly kind: 'error'; readonly body: string }
  | { readonly kind: 'timeout' }

/** A function to run. */
export interface FunctionSettings {
  /** The command of the runtime client, without the handler. */
  readonly command: readonly [string, ...string[]]
  readonly taskRoot: string
  readonly handler: string
  readonly timeoutMs: number
}

/** A Lambda service on this machine that runs one function, one invocation at a time. */
export interface LambdaService {
  readonly invoke: (body: string, options?: { readonly timeoutMs?: number }) => Promise<Ended>
  /** What the function's processes wrote, to both of their outputs. */
  readonly log: () => string
  /** How many processes have been started: one more after each timeout. */
  readonly starts: () => number
  readonly close: () => void
}

const PREFIX = '/2018-06-01/runtime'

/** Invocations that wait for the runtime, and the runtime when it waits for one. */
interface Queue {
  waiting?: ServerResponse | undefined
  next?: { readonly id: string; readonly body: string; readonly deadline: number } | undefined
  end?: ((ended: Ended) => void) | undefined
}

/**
 * Speaks the runtime API on loopback, to a real runtime client in a separate process. As Lambda does, it ends a process
 * that has not answered by its deadline, and starts another one for what comes next.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startLambda(settings: FunctionSettings): Promise<LambdaService> {
  const queue: Queue = {}
  const server = createServer((request, response) => void answer(queue, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const state = { log: '', starts: 0, child: undefined as ChildProcess | undefined }

  function start(): void {
    state.starts++
    const child = startRuntime(settings, server)
    state.child = child
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (chunk) => {
        state.log += chunk
      })
    }
  }

  function stop(): void {
    state.child?.kill('SIGKILL')
    state.child = undefined
    queue.waiting = undefined
  }

  async function invoke(body: string, { timeoutMs = settings.timeoutMs } = {}): Promise<Ended> {
    if (state.child === undefined) start()
    const ended = new Promise<Ended>((resolve) => {
      queue.end = resolve
    })
    queue.next = { id: randomUUID(), body, deadline: timeoutMs }
    handOut(queue)
    const result = await ended
    if (result.kind === 'timeout') stop()
    return result
  }

  const close = (): void => {
    stop()
    server.close()
    server.closeAllConnections()
  }
  return { invoke, log: () => state.log, starts: () => state.starts, close }
}

function startRuntime({ command: [file, ...args], taskRoot, handler }: FunctionSettings, server: Server): ChildProcess {
  const { port } = server.address() as AddressInfo
  return spawn(file, [...args, handler], {
    cwd: taskRoot,
    // No more than Lambda sets, and what the example's function is given.
    env: {
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      LAMBDA_TASK_ROOT: taskRoot,
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'ses-events',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/ses-events',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_REGION: 'us-east-1',
      NODE_OPTIONS: '--enable-source-maps',
      PATH: process.env['PATH'],
    },
  })
}

async function answer(queue: Queue, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? ''
  if (path === `${PREFIX}/invocation/next`) {
    queue.waiting = response
    return handOut(queue)
  }
  const body = await text(request)
  response.writeHead(202).end('{"status":"OK"}')
  const kind = /\/(response|error)$/.exec(path)?.[1]
  if (kind === 'response' || kind === 'error') finish(queue, { kind, body })
}

/** The clock of an invocation runs from when the runtime has it: starting a process is not the function's time. */
function handOut(queue: Queue): void {
  const { waiting, next } = queue
  if (waiting === undefined || next === undefined) return
  queue.waiting = undefined
  queue.next = undefined
  const headers = {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': next.id,
    'lambda-runtime-deadline-ms': String(Date.now() + next.deadline),
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:111122223333:function:ses-events:live',
  }
  waiting.writeHead(200, headers).end(next.body)
  const timer = setTimeout(() => finish(queue, { kind: 'timeout' }), next.deadline)
  const end = queue.end
  queue.end = (ended) => {
    clearTimeout(timer)
    end?.(ended)
  }
}

function finish(queue: Queue, ended: Ended): void {
  const { end } = queue
  queue.end = undefined
  end?.(ended)
}

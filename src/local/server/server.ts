import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, isAnswer } from './http-response.ts'
import { listen, type Response } from './listener.ts'
import { type Request, readCall } from './protocol.ts'
import { type Call, createService, type Reply, type ServiceOptions } from './service.ts'

/** The options of {@link startServer}. */
export interface ServerOptions extends ServiceOptions {
  /** By default any free port. */
  readonly port?: number
}

/** A server that runs. */
export interface LocalServer {
  /** The `endpoint` for an SDK's client. */
  readonly endpoint: string
  /** Ends all connections. */
  readonly close: () => Promise<void>
}

/**
 * Starts Firehose and Kinesis on this machine, for any AWS SDK that speaks JSON. It listens to 127.0.0.1 only, so that no
 * other machine can reach it. Signatures are not checked.
 */
export async function startServer(options: ServerOptions): Promise<LocalServer> {
  const service = createService(options)
  const { port, close } = await listen(options.port ?? 0, (request, response) => {
    // A connection that ended while its request was read gets no answer.
    respond(service, request, response).catch(() => request.socket.destroy())
  })
  return { endpoint: `http://127.0.0.1:${port}`, close }
}

async function respond(service: (call: Call) => Reply, request: Request, response: Response): Promise<void> {
  const call = await readCall(request)
  const reply: Reply = isAnswer(call) ? { kind: 'answer', answer: call, delayMs: 0 } : service(call)
  if (reply.kind === 'drop') request.socket.destroy()
  if (reply.kind !== 'answer') return
  if (reply.delayMs > 0) await wait(reply.delayMs, undefined, { ref: false })
  print(response, reply.answer)
}

function print(response: Response, { status, body }: Answer): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/x-amz-json-1.1')
  response.setHeader('x-amzn-requestid', randomUUID())
  response.end(JSON.stringify(body))
}

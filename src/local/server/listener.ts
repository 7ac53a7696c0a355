import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { createServer as createHttp2Server, type Http2ServerResponse } from 'node:http2'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Request } from './protocol.ts'

/** A response over HTTP/1.1 or HTTP/2. */
export type Response = ServerResponse | Http2ServerResponse

/** A listener that runs. */
export interface Listener {
  readonly port: number
  /** Ends all connections, even those that wait for an answer. */
  readonly close: () => Promise<void>
}

/**
 * Listens to 127.0.0.1 for HTTP/1.1 and for HTTP/2 without TLS on one port: the SDK's client for Kinesis begins with HTTP/2,
 * the others with HTTP/1.1.
 */
export async function listen(port: number, handle: (request: Request, response: Response) => void): Promise<Listener> {
  const http1 = createHttpServer(handle)
  const http2 = createHttp2Server(handle)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
    socket.once('readable', () => {
      const start: Buffer | null = socket.read()
      if (start === null) return
      socket.unshift(start)
      // HTTP/2 begins with "PRI * HTTP/2.0", which is not a request of HTTP/1.1.
      const chosen = start.subarray(0, 3).equals(Buffer.from('PRI')) ? http2 : http1
      chosen.emit('connection', socket)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return { port: (server.address() as AddressInfo).port, close: () => close(server, sockets) }
}

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}

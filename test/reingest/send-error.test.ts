import { describe, expect, it } from 'vitest'
import { sendErrorOf } from '../../src/reingest/send-error.ts'

/** An error as the SDK makes them. */
const sdk = (name: string, httpStatusCode?: number): Error =>
  Object.assign(new Error('m'), { name, $metadata: { httpStatusCode } })
const coded = (code: string): Error => Object.assign(new Error('m'), { code })
/** An error that so many others were caused by. */
const nested = (depth: number, cause: Error): Error =>
  depth === 0 ? cause : new Error('m', { cause: nested(depth - 1, cause) })

describe('an error of a call', () => {
  it.each<[unknown, string]>([
    [sdk('ServiceUnavailableException', 503), 'ServiceUnavailableException'],
    [sdk('ProvisionedThroughputExceededException', 400), 'ProvisionedThroughputExceededException'],
    [sdk('ThrottlingException', 400), 'ThrottlingException'],
    [sdk('KMSThrottlingException', 400), 'KMSThrottlingException'],
    [sdk('LimitExceededException', 400), 'LimitExceededException'],
    [sdk('InternalFailure', 500), 'InternalFailure'],
    [sdk('SomethingNew', 500), 'SomethingNew'],
    [sdk('SomethingNew', 502), 'SomethingNew'],
    [sdk('SomethingNew', 408), 'SomethingNew'],
    [sdk('SomethingNew', 299), 'SomethingNew'],
    [{ $metadata: { httpStatusCode: 500 } }, 'UnknownError'],
    [sdk('InternalServerError'), 'InternalServerError'],
    [sdk('SlowDown'), 'SlowDown'],
    [sdk('TooManyRequestsException'), 'TooManyRequestsException'],
    [sdk('SomethingNew', 429), 'SomethingNew'],
    [sdk('TimeoutError'), 'TimeoutError'],
    [coded('ECONNRESET'), 'ECONNRESET'],
    [coded('EAI_AGAIN'), 'EAI_AGAIN'],
    [coded('EPIPE'), 'EPIPE'],
    [coded('ERR_STREAM_PREMATURE_CLOSE'), 'ERR_STREAM_PREMATURE_CLOSE'],
    [coded('HPE_INVALID_CONSTANT'), 'HPE_INVALID_CONSTANT'],
    // The name that the SDK gives says more than the socket's code.
    [Object.assign(sdk('RequestFailed'), { code: 'ECONNREFUSED' }), 'RequestFailed'],
    [new TypeError('fetch failed', { cause: new Error('m', { cause: coded('ECONNRESET') }) }), 'ECONNRESET'],
    [nested(4, coded('ECONNRESET')), 'ECONNRESET'],
    [coded('ERR_HTTP2_STREAM_ERROR'), 'ERR_HTTP2_STREAM_ERROR'],
    [new TypeError('fetch failed', { cause: coded('UND_ERR_SOCKET') }), 'UND_ERR_SOCKET'],
    // An answer that cannot be read is an answer that was lost.
    [Object.assign(new SyntaxError('m'), { $response: { statusCode: 200 } }), 'SyntaxError'],
  ])('%o is tried again', (error, reason) => {
    expect(sendErrorOf(error)).toEqual({ reason, retry: true })
  })

  it.each<[unknown, string]>([
    [sdk('AccessDeniedException', 400), 'AccessDeniedException'],
    [sdk('ValidationException', 400), 'ValidationException'],
    [sdk('InvalidArgumentException', 400), 'InvalidArgumentException'],
    [sdk('ResourceNotFoundException', 400), 'ResourceNotFoundException'],
    [sdk('SomethingNew', 300), 'SomethingNew'],
    [sdk('SomethingNew', 499), 'SomethingNew'],
    [sdk('SomethingNew', 428), 'SomethingNew'],
    [Object.assign(sdk('SomethingNew'), { $metadata: { httpStatusCode: '500' } }), 'SomethingNew'],
    [Object.assign(sdk('SomethingNew', 400), { $response: { statusCode: 500 } }), 'SomethingNew'],
    [coded('NOT_ECONNRESET'), 'Error'],
    [coded('ECONNRESET at my house'), 'Error'],
    [coded('ENO'), 'Error'],
    [{ code: { toString: () => 'ECONNRESET' } }, 'UnknownError'],
    [nested(5, coded('ECONNRESET')), 'Error'],
    [null, 'UnknownError'],
    [{ name: 'Error', $metadata: null, $response: null, cause: null }, 'Error'],
    [sdk('UnrecognizedClientException', 403), 'UnrecognizedClientException'],
    [sdk('CredentialsProviderError'), 'CredentialsProviderError'],
    [new TypeError('x is not a function'), 'TypeError'],
    [undefined, 'UnknownError'],
    ['text', 'UnknownError'],
    [{ name: 42 }, 'UnknownError'],
  ])('%o is final', (error, reason) => {
    expect(sendErrorOf(error)).toEqual({ reason, retry: false })
  })

  it('whose causes form a circle is still read', () => {
    const error = new Error('m')
    error.cause = error
    expect(sendErrorOf(error)).toEqual({ reason: 'Error', retry: false })
  })
})

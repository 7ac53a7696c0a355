import { Duration } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Alias, Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'

/** The router in Lambda. */
export interface RouterFunction {
  readonly handler: LambdaFunction
  /** What the stream calls: a deployment publishes a version and moves it. */
  readonly alias: Alias
  readonly logGroup: LogGroup
}

/** Makes the function from the bundle. It calls no service: all it may do is write its log. */
export function createFunction(scope: Construct, handlerFolder: string): RouterFunction {
  const logGroup = new LogGroup(scope, 'FunctionLog', { retention: RetentionDays.ONE_YEAR })
  const writeLog = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  })
  const role = new Role(scope, 'FunctionRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { WriteLog: new PolicyDocument({ statements: [writeLog] }) },
  })
  const handler = new LambdaFunction(scope, 'Function', {
    description: 'Routes Firehose records to Iceberg tables',
    code: Code.fromAsset(handlerFolder),
    handler: 'handler.handler',
    runtime: Runtime.NODEJS_22_X,
    architecture: Architecture.ARM_64,
    role,
    logGroup,
    // A batch of 1 MB takes well under a second; a timeout costs the whole batch, and Firehose waits for five minutes.
    timeout: Duration.seconds(60),
    // Event, text, rows and response are held at once, about 100 MB with Node; CPU comes in proportion to memory.
    memorySize: 512,
    environment: { NODE_OPTIONS: '--enable-source-maps' },
  })
  const alias = new Alias(scope, 'Live', { aliasName: 'live', version: handler.currentVersion })
  return { handler, alias, logGroup }
}

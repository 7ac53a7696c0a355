import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch'
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import { Construct } from 'constructs'
import { createAlarms } from './alarms.ts'
import { createCatalog } from './catalog.ts'
import { createFunction, type RouterFunction } from './function.ts'
import type { CreatedCatalog } from './parts.ts'
import type { PipelineSettings } from './settings.ts'
import { createStorage, type Storage } from './storage.ts'
import { createStream } from './stream.ts'

/** A delivery stream, the router before it and the tables behind it: for any router, not only SES'. */
export class IcebergPipeline extends Construct {
  readonly storage: Storage
  readonly catalog: CreatedCatalog
  readonly router: RouterFunction
  readonly stream: CfnDeliveryStream
  readonly alarms: readonly Alarm[]

  constructor(scope: Construct, id: string, settings: PipelineSettings) {
    super(scope, id)
    this.storage = createStorage(this, settings)
    this.catalog = createCatalog(this, settings, this.storage.warehouse)
    this.router = createFunction(this, settings.handlerFolder)
    this.stream = createStream(this, { ...this, settings })
    this.alarms = createAlarms(this, settings, this)
  }
}

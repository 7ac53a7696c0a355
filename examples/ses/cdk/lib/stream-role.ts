import { Aws } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { StreamParts } from './parts.ts'

/** Makes the role that Firehose delivers with: what each step needs, on the resources it needs it for. */
export function createStreamRole(scope: Construct, parts: StreamParts & { readonly logGroup: LogGroup }): Role {
  const { router, logGroup } = parts
  const statements = [
    ...tableStatements(parts),
    ...bucketStatements(parts),
    allow(['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'], [router.alias.functionArn]),
    allow(['logs:PutLogEvents'], [logGroup.logGroupArn]),
  ]
  return new Role(scope, 'StreamRole', {
    assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: { Deliver: new PolicyDocument({ statements }) },
  })
}

function tableStatements({ catalog, storage, settings }: StreamParts): PolicyStatement[] {
  const commit = allow(['glue:GetDatabase', 'glue:GetTable', 'glue:UpdateTable'], catalog.glueArns)
  if (storage.warehouse === undefined) return [commit, allow(S3_TABLES_ACTIONS, catalog.s3TablesArns)]
  const files = storage.warehouse.arnForObjects(`${settings.database}/*`)
  // Deleting is for the files of a commit that lost against another.
  return [commit, allow(['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'], [files])]
}

function bucketStatements({ storage: { errors, warehouse } }: StreamParts): PolicyStatement[] {
  const buckets = warehouse === undefined ? [errors] : [errors, warehouse]
  return [
    allow(['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], [errors.arnForObjects('*')]),
    allow(
      ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      buckets.map(({ bucketArn }) => bucketArn),
    ),
  ]
}

const S3_TABLES_ACTIONS = [
  's3tables:GetNamespace',
  's3tables:GetTable',
  's3tables:GetTableBucket',
  's3tables:GetTableData',
  's3tables:GetTableMetadataLocation',
  's3tables:PutTableData',
  's3tables:UpdateTableMetadataLocation',
]

function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] })
}

/** One statement of a policy, whatever language it was written in. */
export interface Statement {
  /** The policy that contains it. */
  readonly policy: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  /** ARNs; what is only known at deployment is `<>`. */
  readonly resources: readonly string[]
  /** Services, of a trust policy. */
  readonly services: readonly string[]
  readonly conditions: readonly string[]
}

/** What a role of the pipeline does, by action; the role may do that and nothing else. */
export interface Flow {
  readonly service: string
  readonly conditions: readonly string[]
  readonly actions: { readonly [action: string]: string }
}

const ICEBERG_IN_GLUE = {
  'glue:GetDatabase': 'finds the database',
  'glue:GetTable': 'finds the metadata file that is current',
  'glue:UpdateTable': 'commits: makes another one current',
}

const ERROR_OUTPUT = {
  's3:PutObject': 'writes records that failed, and files of tables',
  's3:AbortMultipartUpload': 'gives a large object up',
  's3:GetObject': 'reads what it writes: manifests, above all',
  's3:GetBucketLocation': 'finds the region of a bucket',
  's3:ListBucket': 'tells "not there" from "not allowed"',
  's3:ListBucketMultipartUploads': 'finds uploads to give up',
}

const TRANSFORM_AND_LOG = {
  'lambda:InvokeFunction': 'has each batch routed',
  'lambda:GetFunctionConfiguration': "reads the function's timeout",
  'logs:PutLogEvents': 'logs delivery errors',
}

const S3_TABLES = {
  's3tables:GetTableBucket': 'finds the bucket',
  's3tables:GetNamespace': 'finds the namespace',
  's3tables:GetTable': 'finds the table',
  's3tables:GetTableData': 'reads manifests',
  's3tables:PutTableData': 'writes data files',
  's3tables:GetTableMetadataLocation': 'finds the metadata file that is current',
  's3tables:UpdateTableMetadataLocation': 'commits',
}

const FIREHOSE = { service: 'firehose.amazonaws.com', conditions: ['aws:SourceAccount'] }

/** The roles of the pipeline. */
export const FLOWS: { readonly [catalog in 'glue' | 's3tables']: { readonly [role: string]: Flow } } = {
  glue: {
    ...functionAndSes(),
    stream: {
      ...FIREHOSE,
      actions: {
        ...ICEBERG_IN_GLUE,
        ...ERROR_OUTPUT,
        ...TRANSFORM_AND_LOG,
        's3:DeleteObject': 'removes the files of a commit that lost',
      },
    },
  },
  s3tables: {
    ...functionAndSes(),
    stream: { ...FIREHOSE, actions: { ...ICEBERG_IN_GLUE, ...ERROR_OUTPUT, ...TRANSFORM_AND_LOG, ...S3_TABLES } },
  },
}

/** What Glue's table optimizers do. */
export const UPKEEP: Flow = {
  service: 'glue.amazonaws.com',
  conditions: ['aws:SourceAccount'],
  actions: {
    'glue:GetTable': 'finds the metadata file that is current',
    'glue:UpdateTable': 'commits compacted files, and metadata without old snapshots',
    's3:GetObject': 'reads files to compact, and manifests',
    's3:PutObject': 'writes compacted files, and metadata',
    's3:DeleteObject': 'deletes expired and orphan files',
    's3:ListBucket': 'finds files that no snapshot names',
    'logs:CreateLogGroup': 'begins the log of its runs',
    'logs:CreateLogStream': 'begins a log',
    'logs:PutLogEvents': 'writes its report',
  },
}

function functionAndSes(): { readonly [role: string]: Flow } {
  return {
    function: {
      service: 'lambda.amazonaws.com',
      conditions: [],
      actions: { 'logs:CreateLogStream': 'begins a log', 'logs:PutLogEvents': 'writes its report' },
    },
    ses: {
      service: 'ses.amazonaws.com',
      conditions: ['aws:SourceAccount', 'aws:SourceArn'],
      actions: { 'firehose:PutRecordBatch': 'publishes events' },
    },
  }
}

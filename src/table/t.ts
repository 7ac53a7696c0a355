// The column types and partitions under one name, with their types: `t.string()`, `t.day('at')`, `t.TimestampInput`.
// A new column type is a file in `types/` and a line here.

export { nullable } from './column.ts'
export {
  type BucketPartition,
  bucket,
  day,
  hour,
  identity,
  month,
  type PartitionField,
  type PlainPartition,
  type TruncatePartition,
  truncate,
  year,
} from './partition.ts'
export { type BinaryOptions, binary, fixed } from './types/binary.ts'
export { boolean } from './types/boolean.ts'
export { date } from './types/date.ts'
export { type DecimalInput, decimal } from './types/decimal.ts'
export { double } from './types/double.ts'
export { float } from './types/float.ts'
export { int } from './types/int.ts'
export { type JsonInput, json } from './types/json.ts'
export { list } from './types/list.ts'
export { long } from './types/long.ts'
export { type MapInput, map } from './types/map.ts'
export { string } from './types/string.ts'
export { struct } from './types/struct.ts'
export { type TimeInput, type TimeOptions, time } from './types/time.ts'
export { type TimestampInput, type TimestampOptions, timestamp, timestamptz } from './types/timestamp.ts'
export { uuid } from './types/uuid.ts'

export { describeStream } from './describe-stream.ts';
export { getRecords } from './get-records.ts';
export { getShardIterator } from './get-shard-iterator.ts';
export { listStreams } from './list-streams.ts';

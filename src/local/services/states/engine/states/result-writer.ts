/**
 * Results of a distributed Map: as the state's output, or as files in S3.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
import { isJsonObject, type Json, type JsonObject } from '../../../../../core/json.ts';
import { callService } from '../../integrations/calls.ts';
import type { MapState } from '../../language/definition.ts';
import { StateFailure } from '../../language/failure.ts';
import type { Frame, MapChildRecord, MapRunRecord } from '../../records.ts';
import type { Execution } from '../execution.ts';
import { s3Call, settingsOf } from './item-reader.ts';

/** Whether files are written. */
export const writesFiles = ({ ResultWriter: writer }: MapState): boolean => writer?.Resource !== undefined;

export async function resultOf(
  run: Execution,
  frame: Frame,
  state: MapState,
  mapRun: MapRunRecord,
  mapRunArn: string,
  children: readonly MapChildRecord[],
): Promise<Json> {
  const { ResultWriter: writer } = state;
  const config = isJsonObject(writer?.WriterConfig) ? writer.WriterConfig : {};
  const transformation = String(config.Transformation ?? (writesFiles(state) ? 'NONE' : 'COMPACT'));
  const shown = (all: readonly MapChildRecord[]): readonly Json[] => {
    if (transformation === 'NONE') return all.map((child) => described(run, mapRun, child));
    const outputs = all.map(({ output = 'null' }) => JSON.parse(output) as Json);
    return transformation === 'FLATTEN' ? outputs.flat() : outputs;
  };
  const succeeded = children.filter(({ status }) => status === 'SUCCEEDED');
  if (!writer || !writesFiles(state))
    return shown(succeeded.length === children.length ? children : succeeded);
  const { Bucket, Prefix = '' } = await settingsOf(run, frame, state, writer, 'ResultWriter');
  const folder = `${String(Prefix).replace(/\/$/, '')}${Prefix === '' ? '' : '/'}${mapRun.id}`;
  const lines = config.OutputType === 'JSONL';
  const as = await run.role();
  const write = async (name: string, body: string): Promise<JsonObject> => {
    const key = `${folder}/${name}`;
    try {
      await callService(run.context, s3Call('putObject'), { Bucket: Bucket ?? '', Key: key, Body: body }, as);
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      throw new StateFailure('States.ResultWriterFailed', error.reason);
    }
    return { Key: key, Size: Buffer.byteLength(body) };
  };
  const files: Record<string, JsonObject[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const [kind, all] of [
    ['SUCCEEDED', succeeded],
    ['FAILED', children.filter(({ status }) => status !== 'SUCCEEDED' && status !== 'PENDING')],
    ['PENDING', children.filter(({ status }) => status === 'PENDING')],
  ] as const) {
    if (all.length === 0) continue;
    const values = kind === 'SUCCEEDED' ? shown(all) : all.map((child) => described(run, mapRun, child));
    const body = lines ? values.map((one) => JSON.stringify(one)).join('\n') : JSON.stringify(values);
    files[kind]?.push(await write(`${kind}_0.${lines ? 'jsonl' : 'json'}`, body));
  }
  await write(
    'manifest.json',
    JSON.stringify({ DestinationBucket: Bucket, MapRunArn: mapRunArn, ResultFiles: files }),
  );
  return {
    MapRunArn: mapRunArn,
    ResultWriterDetails: { Bucket: Bucket ?? '', Key: `${folder}/manifest.json` },
  };
}

const isoTime = (ms: number) => new Date(ms).toISOString();

function described(
  run: Execution,
  { machine, label }: MapRunRecord,
  { name, input, output, status, error, cause, started, stopped }: MapChildRecord,
): JsonObject {
  const group = `${machine}/${label}`;
  const arn = run.context.env.arn('states', `execution:${group}:${name}`);
  const whole = { Included: true };
  return {
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(error === undefined ? {} : { Error: error }),
    ...(status === 'PENDING' ? {} : { ExecutionArn: arn }),
    Input: input,
    InputDetails: whole,
    Name: name,
    ...(output === undefined ? {} : { Output: output, OutputDetails: whole }),
    ...(started === undefined ? {} : { StartDate: isoTime(started) }),
    StateMachineArn: run.context.env.arn('states', `stateMachine:${group}`),
    Status: status,
    ...(stopped === undefined ? {} : { StopDate: isoTime(stopped) }),
  };
}

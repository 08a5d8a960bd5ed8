/** Several items for one child. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
import { isJsonObject, type Json, type JsonObject } from '../../../../../core/json.ts';
import type { MapState } from '../../language/definition.ts';
import { runtimeFailure } from '../../language/failure.ts';
import { evaluateField } from '../../language/jsonata.ts';
import { fillTemplate, selectValue } from '../../language/payload.ts';
import type { Frame } from '../../records.ts';
import { type Execution, jsonataScope, languageIn, pathScope } from '../execution.ts';
import { selected } from './flow.ts';

interface Child {
  readonly input: Json;
  readonly items: number;
}

const mostBytes = 262_144;

export async function childrenOf(
  run: Execution,
  frame: Frame,
  state: MapState,
  inputs: readonly Json[],
): Promise<readonly Child[]> {
  const { ItemBatcher: batcher } = state;
  if (!batcher) return inputs.map((input) => ({ input, items: 1 }));
  const most = (await limitOf(run, frame, state, batcher, 'MaxItemsPerBatch')) ?? Number.POSITIVE_INFINITY;
  const bytes = (await limitOf(run, frame, state, batcher, 'MaxInputBytesPerBatch')) ?? mostBytes;
  const common = await commonInput(run, frame, state, batcher);
  const base: JsonObject = common === undefined ? {} : { BatchInput: common };
  const room = Math.min(bytes, mostBytes) - Buffer.byteLength(JSON.stringify({ ...base, Items: [] }));
  const batches: Json[][] = [];
  let batch: Json[] = [];
  let size = 0;
  for (const input of inputs) {
    const own = Buffer.byteLength(JSON.stringify(input)) + 1;
    if (batch.length > 0 && (batch.length >= most || size + own > room)) {
      batches.push(batch);
      batch = [];
      size = 0;
    }
    batch.push(input);
    size += own;
  }
  if (batch.length > 0) batches.push(batch);
  return batches.map((items) => ({ input: { ...base, Items: items }, items: items.length }));
}

async function limitOf(
  run: Execution,
  frame: Frame,
  state: MapState,
  batcher: JsonObject,
  field: 'MaxItemsPerBatch' | 'MaxInputBytesPerBatch',
): Promise<number | undefined> {
  const { [field]: given, [`${field}Path`]: path } = batcher;
  let value: Json | undefined = given;
  if (typeof given === 'string')
    value = await evaluateField(given, `ItemBatcher/${field}`, jsonataScope(run, frame, frame.input));
  else if (typeof path === 'string')
    value = selectValue(`${field}Path`, path, pathScope(run, frame, selected(run, frame, state)));
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1)
    throw runtimeFailure(`The field ${field} must be a positive integer, but was: ${JSON.stringify(value)}`);
  return value;
}

async function commonInput(
  run: Execution,
  frame: Frame,
  state: MapState,
  { BatchInput }: JsonObject,
): Promise<Json | undefined> {
  if (BatchInput === undefined || (isJsonObject(BatchInput) && Object.keys(BatchInput).length === 0))
    return undefined;
  return languageIn(run, state) === 'JSONata'
    ? evaluateField(BatchInput, 'ItemBatcher/BatchInput', jsonataScope(run, frame, frame.input))
    : fillTemplate(BatchInput, pathScope(run, frame, selected(run, frame, state)));
}

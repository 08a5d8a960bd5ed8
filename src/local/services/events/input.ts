/**
 * What a target receives: the event, a part of it, a constant, or a template filled from it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
import type { InputTransformer, Target } from '@aws-sdk/client-eventbridge';
import { lookup } from '../../../core/lookup.ts';
import { AwsError } from '../../service.ts';

/** `$.detail.items[0].name`; undefined when the event has nothing there. */
function readPath(event: unknown, path: string): unknown {
  let value = event;
  for (const [, name, index] of path.slice(1).matchAll(/\.([\w$-]+)|\[(?:(\d+)|'[^']*')\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name ?? index ?? ''];
  }
  return value;
}

export function checkInput({ Id, Input, InputPath, InputTransformer: transformer }: Target): void {
  const given = [Input, InputPath, transformer].filter((one) => one !== undefined);
  if (given.length > 1)
    throw new AwsError(
      'ValidationException',
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`,
    );
  for (const path of [InputPath, ...Object.values(transformer?.InputPathsMap ?? {})])
    if (path !== undefined && path !== '' && !/^\$(\.[\w$-]+|\[\d+\]|\['[^']*'\])*$/.test(path))
      throw new AwsError('ValidationException', `Invalid JSONPath ${path} of target ${Id}.`);
  if (Input !== undefined) parse(Input, Id);
}

function parse(text: string, id: string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('ValidationException', `JSON syntax error in input for target ${id}.`);
  }
}

export function targetInput(
  target: Target,
  event: Readonly<Record<string, unknown>>,
  rule: { readonly arn: string; readonly name: string },
): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath) return JSON.stringify(readPath(event, target.InputPath)) ?? 'null';
  if (target.InputTransformer) return transform(target.InputTransformer, event, rule);
  return JSON.stringify(event);
}

/** Inside quotes a value is put in as text, outside as JSON; lines of text become text. */
function transform(
  { InputPathsMap = {}, InputTemplate = '' }: InputTransformer,
  event: Readonly<Record<string, unknown>>,
  rule: { readonly arn: string; readonly name: string },
): string {
  const reserved: Readonly<Record<string, unknown>> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': event,
    'aws.events.event.json': event,
  };
  const lookUp = (name: string): unknown =>
    Object.hasOwn(InputPathsMap, name) ? readPath(event, InputPathsMap[name] ?? '$') : lookup(reserved, name);
  let quoted = false;
  return InputTemplate.replace(/\\.|"|<([\w.-]+)>/g, (found, name?: string) => {
    if (found === '"') quoted = !quoted;
    if (name === undefined) return found;
    if (!Object.hasOwn(InputPathsMap, name) && !Object.hasOwn(reserved, name)) return found;
    const value = lookUp(name);
    if (!quoted) return value === undefined ? '""' : JSON.stringify(value);
    const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}

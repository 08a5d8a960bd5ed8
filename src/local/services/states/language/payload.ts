/**
 * Data flow of JSONPath states: input and output paths, payload templates (`"part.$": "$.whole"`), result paths.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */

import { isJsonObject, type Json, jsonObject } from '../../../../core/json.ts';
import {
  canonicalPath,
  evaluatePath,
  type JsonPath,
  type PathScope,
  parsePath,
  setAtPath,
} from '../../../../core/json-path.ts';
import { runtimeFailure, StateFailure } from './failure.ts';
import { evaluateIntrinsic, type IntrinsicTools, isIntrinsic, parseIntrinsic } from './intrinsics.ts';

export interface Scope extends PathScope, IntrinsicTools {}

/** InputPath, OutputPath, ItemsPath: a path that has to be there; null stands for an empty object. */
export function selectPath(text: string | null | undefined, scope: Scope): Json {
  if (text === undefined) return scope.input;
  if (text === null) return {};
  const path = parsePath(text);
  const found = evaluatePath(path, scope);
  if (found === undefined) throw missing(path, scope);
  return found;
}

function missing(path: JsonPath, scope: Scope): StateFailure {
  for (let length = 1; length < path.segments.length; length++) {
    const part = { ...path, segments: path.segments.slice(0, length) };
    if (evaluatePath(part, scope) === undefined)
      return runtimeFailure(`Invalid path '${path.text}' : Missing property in path ${canonicalPath(part)}`);
  }
  return runtimeFailure(`Invalid path '${path.text}' : No results for path: ${canonicalPath(path)}`);
}

/** The value of a field such as TimeoutSecondsPath, ErrorPath or `"name.$"`: a path or an intrinsic function. */
export function selectValue(field: string, text: string, scope: Scope): Json {
  if (isIntrinsic(text)) return evaluateIntrinsic(parseIntrinsic(text), scope, scope);
  const found = evaluatePath(parsePath(text), scope);
  if (found === undefined)
    throw new StateFailure(
      'States.Runtime',
      `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(scope.input)}'`,
    );
  return found;
}

/** Parameters, ItemSelector, ResultSelector, Assign. */
export function fillTemplate(template: Json, scope: Scope): Json {
  if (Array.isArray(template)) return template.map((one) => fillTemplate(one, scope));
  if (!isJsonObject(template)) return template;
  return jsonObject(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') && typeof value === 'string'
        ? [key.slice(0, -2), selectValue(key, value, scope)]
        : [key, fillTemplate(value, scope)],
    ),
  );
}

/** null discards the result; no path replaces the input by it. */
export function placeResult(input: Json, path: string | null | undefined, result: Json): Json {
  if (path === undefined || path === '$') return result;
  if (path === null) return input;
  if (!isJsonObject(input) && !Array.isArray(input))
    throw new StateFailure(
      'States.ResultPathMatchFailure',
      `Unable to apply Reference Path ${path} to input ${JSON.stringify(input)}`,
    );
  return setAtPath(input, parsePath(path), result);
}

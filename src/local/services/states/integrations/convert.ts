/**
 * Between the JSON of a workflow, whose members are in Pascal case whatever the service, and an operation's input and
 * output. Objects where the API takes a text are written as JSON.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html
 */
import type { Readable } from 'node:stream';
import { isJsonObject, type Json, jsonObject } from '../../../../core/json.ts';
import type { Shape } from '../../../wire/shape.ts';

export class ConversionError extends Error {}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const typeError = (path: string, wanted: string): never => {
  throw new ConversionError(`The value of the field '${path}' has an invalid format: expected ${wanted}`);
};

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function toInput(shape: Shape, value: Json, path = ''): unknown {
  switch (shape.kind) {
    case 'string':
      return textOf(value);
    case 'number':
    case 'big-number':
      return typeof value === 'number' ? value : typeError(path, 'a number');
    case 'boolean':
      return typeof value === 'boolean' ? value : typeError(path, 'a boolean');
    case 'timestamp': {
      const date = typeof value === 'number' ? new Date(value * 1000) : new Date(String(value));
      return Number.isNaN(date.getTime()) ? typeError(path, 'a timestamp') : date;
    }
    case 'blob':
      return new TextEncoder().encode(textOf(value));
    case 'document':
      return value;
    case 'unit':
      return undefined;
    case 'list':
      if (!Array.isArray(value)) return typeError(path, 'an array');
      return value.map((one, i) => toInput(shape.item.shape, one, `${path}[${i}]`));
    case 'map':
      if (!isJsonObject(value)) return typeError(path, 'an object');
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, toInput(shape.value.shape, one, `${path}.${key}`)]),
      );
    case 'structure':
    case 'union': {
      if (!isJsonObject(value)) return typeError(path || 'Parameters', 'an object');
      const out: Record<string, unknown> = {};
      for (const [key, one] of Object.entries(value)) {
        const place = path ? `${path}.${key}` : key;
        const member = shape.byName.get(key) ?? shape.members.find(({ name }) => pascal(name) === key);
        if (!member) throw new ConversionError(`The field '${place}' is not supported by Step Functions`);
        if (one !== null) out[member.name] = toInput(member.shape, one, place);
      }
      return out;
    }
  }
}

/** @param dates SDK integrations write times as text, optimised ones in ms since the epoch */
export async function toJson(shape: Shape, value: unknown, dates: 'text' | 'number'): Promise<Json> {
  switch (shape.kind) {
    case 'timestamp':
      if (!(value instanceof Date)) return value as Json;
      return dates === 'text' ? value.toISOString() : value.getTime();
    case 'blob':
      return Buffer.from(await bytesOf(value)).toString();
    case 'list':
      return Promise.all((value as readonly unknown[]).map((one) => toJson(shape.item.shape, one, dates)));
    case 'map':
      return jsonObject(
        await Promise.all(
          Object.entries(value as object).map(
            async ([key, one]) => [key, await toJson(shape.value.shape, one, dates)] as const,
          ),
        ),
      );
    case 'structure':
    case 'union': {
      const out: [string, Json][] = [];
      for (const { name, shape: inner } of shape.members) {
        const one = (value as Readonly<Record<string, unknown>>)[name];
        if (one !== undefined && one !== null) out.push([pascal(name), await toJson(inner, one, dates)]);
      }
      return jsonObject(out);
    }
    default:
      return value as Json;
  }
}

async function bytesOf(value: unknown): Promise<Uint8Array> {
  if (value instanceof Uint8Array) return value;
  const parts: Uint8Array[] = [];
  for await (const part of value as Readable) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

/**
 * Typed reading of an assembly's JSON files: a missing or wrong field is an error that names file and field.
 */
import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { lookup } from '../core/lookup.ts';
import { describe, isArray, isObject, isString, type Json, type JsonObject } from './json.ts';
import { parseJsonText } from './json-text.ts';

export async function readJsonFile(file: string, fix: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SlipwayError('template.unreadable', `${file} cannot be read: ${reason}`, { fix, cause });
  }
  const value = parseJsonText(text, file);
  if (isObject(value)) return value;
  throw new SlipwayError('template.unreadable', `${file} holds ${describe(value)}, expected an object`, {
    fix,
  });
}

/** A path of a manifest is relative to the manifest's folder; absolute ones are CDK's for assets that are not staged. */
export function fromFolder(directory: string, path: string): string {
  return resolvePath(directory, path);
}

export class ManifestReader {
  readonly value: JsonObject;
  readonly file: string;
  readonly at: string;

  constructor(value: JsonObject, file: string, at = '') {
    this.value = value;
    this.file = file;
    this.at = at;
  }

  text(key: string): string {
    return this.optionalText(key) ?? this.wrong(key, 'a string', undefined);
  }

  optionalText(key: string): string | undefined {
    const value = lookup(this.value, key);
    return value === undefined || isString(value) ? value : this.wrong(key, 'a string', value);
  }

  object(key: string): ManifestReader {
    return this.optionalObject(key) ?? this.wrong(key, 'an object', undefined);
  }

  optionalObject(key: string): ManifestReader | undefined {
    const value = lookup(this.value, key);
    if (value === undefined) return undefined;
    if (!isObject(value)) return this.wrong(key, 'an object', value);
    return new ManifestReader(value, this.file, `${this.at}/${key}`);
  }

  optionalTexts(key: string): readonly string[] | undefined {
    const value = lookup(this.value, key);
    if (value === undefined || (isArray(value) && value.every(isString))) return value;
    return this.wrong(key, 'a list of strings', value);
  }

  optionalTextMap(key: string): Readonly<Record<string, string>> | undefined {
    const object = this.optionalObject(key);
    return object && Object.fromEntries(Object.keys(object.value).map((name) => [name, object.text(name)]));
  }

  private wrong(key: string, expected: string, got: Json | undefined): never {
    throw new SlipwayError(
      'template.unreadable',
      `${this.file}: ${this.at}/${key} should be ${expected}, got ${describe(got)}`,
    );
  }
}

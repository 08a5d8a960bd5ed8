/**
 * The questions every section reader asks of raw JSON. Collects problems instead of stopping at the first.
 */
import { describe, isObject, isScalar, type Json, type JsonObject } from './json.ts';
import type { RawProblem } from './problems.ts';

export class Reader {
  readonly problems: RawProblem[] = [];

  /** @param detail what CloudFormation does not say */
  problem(path: string, message: string, detail?: string): void {
    // A null is reported once, by the walk that looks for nulls.
    if (this.problems.some((known) => known.path === path)) return;
    this.problems.push({ path, message, ...(detail === undefined ? {} : { detail }) });
  }

  unsupported(path: string, message: string): void {
    this.problems.push({ path, message, unsupported: true });
  }

  section(body: JsonObject, name: string): JsonObject {
    const value = body[name];
    return (value === undefined ? undefined : this.object(value, `/${name}`)) ?? {};
  }

  object(value: Json, path: string): JsonObject | undefined {
    if (isObject(value)) return value;
    const [, section, name, inside] = path.split('/');
    const member =
      name === undefined || inside !== undefined
        ? 'expected an object'
        : `Any ${section} member must be an object.`;
    this.problem(path, `Template format error: ${member}`, `got ${describe(value)}`);
    return undefined;
  }

  optionalObject(value: Json | undefined, path: string): JsonObject | undefined {
    return value === undefined ? undefined : this.object(value, path);
  }

  /** Text; numbers and booleans are taken as text, as CloudFormation does. */
  optionalText(value: Json | undefined, path: string): string | undefined {
    if (value === undefined) return undefined;
    if (isScalar(value)) return String(value);
    this.problem(path, 'Template format error: expected a string', `got ${describe(value)}`);
    return undefined;
  }

  optionalNumber(value: Json | undefined, path: string): number | undefined {
    if (value === undefined) return undefined;
    const number = isScalar(value) && String(value).trim() !== '' ? Number(value) : Number.NaN;
    if (Number.isFinite(number)) return number;
    this.problem(path, 'Template format error: expected a number', `got ${describe(value)}`);
    return undefined;
  }

  onlyKeys(value: JsonObject, path: string, allowed: ReadonlySet<string>, complaint: string): void {
    for (const key of Object.keys(value)) {
      if (allowed.has(key)) continue;
      const name = path === '' ? `[${key}]` : `'${key}'`;
      this.problem(`${path}/${key}`, `${complaint} ${name}`, `known are ${[...allowed].join(', ')}`);
    }
  }

  alphanumeric(name: string, path: string, what: string): void {
    if (!/^[A-Za-z0-9]+$/.test(name)) this.nonAlphanumeric(name, path, what);
  }

  nonAlphanumeric(name: string, path: string, what: string): void {
    this.problem(path, `Template format error: ${what} ${name} is non alphanumeric.`);
  }
}

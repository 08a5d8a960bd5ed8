/** Whatever is torn out of a template or put in the wrong place: rules, access and exposure answer, and never throw. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { architectureOfTemplate } from '../../../../src/architecture/index.ts';
import { SlipwayError } from '../../../../src/core/errors.ts';
import { accessReport } from '../../../../src/review/security/access/index.ts';
import { exposureReport } from '../../../../src/review/security/exposure/index.ts';
import { runSecurityRules } from '../../../../src/review/security/rules/index.ts';
import { encryptionReport } from '../../../../src/review/security/rules/support/encryption.ts';

const folder = join(import.meta.dirname, 'cases');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Short forms of intrinsics are kept as what they stand for, as far as a mutation needs. */
const customTags = ['Ref', 'GetAtt', 'Sub'].map((name) => ({
  tag: `!${name}`,
  resolve: (text: string) =>
    name === 'Ref'
      ? { Ref: text }
      : name === 'GetAtt'
        ? { 'Fn::GetAtt': [text.split('.')[0] ?? '', text.split('.').slice(1).join('.')] }
        : { 'Fn::Sub': text },
}));

const templates: Json[] = readdirSync(folder).flatMap((rule) =>
  readdirSync(join(folder, rule)).map(
    (file): Json => parse(readFileSync(join(folder, rule, file), 'utf8'), { customTags }),
  ),
);

function pathsOf(value: Json, path: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))];
}

function mutate(value: Json, path: readonly string[], by: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return by ?? null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const index = Number(key);
    if (rest.length === 0 && by === undefined) return value.filter((_, at) => at !== index);
    return value.map((one, at) => (at === index ? mutate(one, rest, by) : one));
  }
  const entries = Object.entries(value).flatMap(([name, one]): [string, Json][] => {
    if (name !== key) return [[name, one]];
    return rest.length === 0 && by === undefined ? [] : [[name, mutate(one, rest, by)]];
  });
  return Object.fromEntries(entries);
}

const junk: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  0,
  -1,
  '',
  '*',
  'arn:aws:s3:::',
  '{{resolve:secretsmanager:x}}',
  [],
  [null],
  [['x']],
  {},
  { Ref: 'Nowhere' },
  { Ref: 'AWS::NoValue' },
  { 'Fn::GetAtt': ['Role', 'Arn'] },
  { 'Fn::ImportValue': 'elsewhere' },
  { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } },
];

describe('security of a damaged template', () => {
  it('is still reviewed: every rule answers with a verdict', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...junk)), { minLength: 1, maxLength: 4 }),
        (template, changes) => {
          let damaged = template;
          for (const [pick, by] of changes) {
            // Within resources: what is wrong outside of them is the template reader's to refuse.
            const paths = pathsOf(damaged).filter(
              (path) => path[0] === 'Resources' && path.length > 3 && path[2] === 'Properties',
            );
            const path = paths[pick % Math.max(1, paths.length)];
            if (path !== undefined) damaged = mutate(damaged, path, by);
          }
          const app = readable(JSON.stringify(damaged));
          if (app === undefined) return;
          for (const { verdict } of runSecurityRules(app))
            expect(['pass', 'findings', 'not-applicable', 'cannot-tell']).toContain(verdict);
          const text = JSON.stringify([accessReport(app), exposureReport(app), encryptionReport(app)]);
          expect(JSON.parse(text)).toHaveLength(3);
        },
      ),
      { numRuns: 200 },
    );
  });
});

function readable(text: string) {
  try {
    return architectureOfTemplate(text);
  } catch (error) {
    if (error instanceof SlipwayError) return undefined;
    throw error;
  }
}

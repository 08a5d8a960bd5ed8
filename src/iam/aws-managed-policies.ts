/**
 * AWS's own managed policies: which there are, their dates and versions, and the document of the default version.
 * Written by scripts/aws-managed-policies.mjs, read when the first one is asked for (12 ms), and held as text.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { nearestNames } from '../core/nearest.ts';
import type { PolicyDocument } from './types.ts';

export interface AwsManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly defaultVersionId: string;
  readonly document: PolicyDocument;
  /** Oldest first, with the time each was made, ms since the epoch. */
  readonly versions: readonly { readonly id: string; readonly createdAt: number }[];
  readonly createdAt: number;
}

interface Catalog {
  /** The day that the newest policy is of. */
  readonly date: string;
  /** By path and name, without the leading slash. */
  readonly lines: ReadonlyMap<string, string>;
}

let loaded: Catalog | undefined;

function catalog(): Catalog {
  if (loaded === undefined) {
    // Beside this file, and beside what the build makes of it.
    const packed = readFileSync(new URL('./aws-managed-policies.gen.br', import.meta.url));
    const [date = '', ...lines] = brotliDecompressSync(packed).toString('latin1').split('\n');
    loaded = { date, lines: new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line])) };
  }
  return loaded;
}

const prefix = /^arn:aws[a-z-]*:iam::aws:policy\//;

export const isAwsManagedPolicy = (arn: string): boolean => prefix.test(arn);

/** A document keeps its identity, since what is made of it is kept by it. */
const read = new Map<string, AwsManagedPolicy>();

/** @param arn `arn:aws:iam::aws:policy/…`; undefined when AWS has none of that name */
export function findAwsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  if (!isAwsManagedPolicy(arn)) return undefined;
  let policy = read.get(arn);
  if (policy === undefined) {
    const line = catalog().lines.get(arn.replace(prefix, ''));
    if (line === undefined) return undefined;
    policy = parse(arn, line);
    read.set(arn, policy);
  }
  return policy;
}

export const awsManagedPolicy = (arn: string): PolicyDocument | undefined =>
  findAwsManagedPolicy(arn)?.document;

function parse(arn: string, line: string): AwsManagedPolicy {
  const [id = '', defaultVersionId = '', created = '', versions = '', document = ''] = line.split('\t');
  const slash = id.lastIndexOf('/');
  return {
    arn,
    name: id.slice(slash + 1),
    path: `/${id.slice(0, slash + 1)}`,
    defaultVersionId,
    document: JSON.parse(document),
    versions: versions.split(',').map((version) => {
      const [versionId = '', seconds = ''] = version.split('=');
      return { id: versionId, createdAt: Number(seconds) * 1000 };
    }),
    createdAt: Number(created) * 1000,
  };
}

export const awsManagedPolicyArns = (): string[] =>
  [...catalog().lines.keys()].map((id) => `arn:aws:iam::aws:policy/${id}`);

/** What helps somebody who named a policy that AWS does not have: the list's date, and the names that are nearest. */
export function explainUnknownAwsPolicy(arn: string): string {
  const { date, lines } = catalog();
  const wanted = arn.replace(prefix, '');
  const lastName = (id: string) => id.slice(id.lastIndexOf('/') + 1);
  // A right name under a wrong path is the commonest slip: service-role/ is part of many.
  const same = [...lines.keys()].filter((id) => lastName(id) === lastName(wanted));
  const near = same.length > 0 ? same : nearestNames(wanted, lines.keys(), 3);
  return [
    `AWS's ${lines.size} managed policies, as of ${date}, have none of this name`,
    ...(near.length > 0 ? [`did you mean ${near.map((id) => arn.replace(wanted, id)).join(', ')}?`] : []),
  ].join('; ');
}

/**
 * Acknowledgements as they are found: ours in a resource's metadata (`slipway.acknowledge`), those of cdk-nag there or in
 * the template's own metadata (`cdk_nag.rules_to_suppress`), and those of the CDK's validations in the assembly.
 * Refuses nothing: what is missing or malformed is left undefined for the caller to report.
 */

import type { AppStack, Architecture, Resource } from '../../architecture/index.ts';
import type { Json } from '../../template/index.ts';
import { assemblyAcknowledgements } from './assembly-metadata.ts';

export interface Declared {
  readonly resource: Resource;
  /** `slipway`: ours, with an expiry. `other`: another tool's, which knows none. */
  readonly by: 'slipway' | 'other';
  readonly rule?: string;
  /** Whether it covers a finding that is about this; undefined for findings that are the rule's only one. */
  readonly covers: (about: string | undefined) => boolean;
  /** `about` as it was written. */
  readonly about?: string;
  readonly reason?: string;
  readonly expires?: string;
  /** Path of the construct that it was declared on. */
  readonly on?: string;
}

export function declaredAcknowledgements(app: Architecture): Declared[] {
  const inStack = new Map<AppStack, Resource[]>();
  for (const resource of app.resources)
    inStack.set(resource.inStack, [...(inStack.get(resource.inStack) ?? []), resource]);
  const found: Declared[] = [];
  for (const resource of app.resources) {
    const metadata = resource.node.metadata ?? {};
    for (const entry of listOf(memberOf(metadata.slipway, 'acknowledge')))
      found.push(...slipwayAcknowledgements(resource, entry, app));
    found.push(...suppressions(metadata.cdk_nag, [resource]));
  }
  for (const [stack, resources] of inStack)
    found.push(...suppressions(stack.template.Metadata.cdk_nag, resources));
  for (const { path, rule, reason } of assemblyAcknowledgements(app))
    for (const resource of app.resources) {
      if (isBelow(resource, path)) found.push({ resource, by: 'other', ...ruleAndAbout(rule), reason });
    }
  return found;
}

/** Declared on a construct, it stands on one resource and counts for every resource below the construct. */
function slipwayAcknowledgements(resource: Resource, entry: Json, app: Architecture): Declared[] {
  const about = textOf(entry, 'about');
  const on = textOf(entry, 'on');
  const below = on === undefined ? [] : app.resources.filter((resource) => isBelow(resource, on));
  const declared = {
    by: 'slipway',
    rule: textOf(entry, 'rule'),
    covers: (of: string | undefined) => about === undefined || about === of,
    about,
    reason: textOf(entry, 'reason'),
    // YAML reads a bare 2027-01-31 as a text in CloudFormation's schema; either way it is compared as text.
    expires: textOf(entry, 'expires'),
    on,
  } as const;
  return (below.includes(resource) ? below : [resource]).map((resource) => ({ resource, ...declared }));
}

const isBelow = ({ constructPath }: Resource, path: string): boolean =>
  constructPath !== undefined && (constructPath === path || constructPath.startsWith(`${path}/`));

/** cdk-nag 2: `applies_to` lists what a granular rule may find, as text or `{ regex: '/…/g' }`. 3: `rule[about]`. */
function suppressions(metadata: Json | undefined, resources: readonly Resource[]): Declared[] {
  return listOf(memberOf(metadata, 'rules_to_suppress')).flatMap((entry) => {
    const id = textOf(entry, 'id');
    if (id === undefined) return [];
    const written = textOf(entry, 'reason') ?? '';
    const encoded = memberOf(entry, 'is_reason_encoded') === true;
    const reason = encoded ? Buffer.from(written, 'base64').toString('utf8') : written;
    const limits = [...listOf(memberOf(entry, 'applies_to')), ...listOf(memberOf(entry, 'appliesTo'))];
    const { rule, covers } = ruleAndAbout(id);
    const allowed =
      limits.length === 0 ? covers : (about: string | undefined) => limits.some((one) => fits(one, about));
    return resources.map((resource) => ({ resource, by: 'other' as const, rule, covers: allowed, reason }));
  });
}

function fits(limit: Json, about: string | undefined): boolean {
  if (about === undefined) return false;
  if (typeof limit === 'string') return limit === about;
  const [, pattern, flags] = /^\/(.*)\/([a-z]*)$/s.exec(textOf(limit, 'regex') ?? '') ?? [];
  if (pattern === undefined) return false;
  try {
    return new RegExp(pattern, flags?.replace(/[gy]/g, '')).test(about);
  } catch {
    return false;
  }
}

/** `AwsSolutions-IAM5[Action::s3:*]` is about one finding; without brackets it is about all of them. */
function ruleAndAbout(id: string): Pick<Declared, 'rule' | 'covers'> {
  const [, rule = id, about] = /^([^[]+)\[(.*)\]$/s.exec(id) ?? [];
  return { rule, covers: (of) => about === undefined || about === of };
}

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)[key] // not a list: Array.isArray does not narrow readonly arrays
    : undefined;

function textOf(value: Json | undefined, key: string): string | undefined {
  const found = memberOf(value, key);
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

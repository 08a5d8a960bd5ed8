/**
 * One place to say why a finding of the review is accepted: the reason and the day it must be looked at again stand
 * beside the construct. It is written into the template (`Metadata.slipway.acknowledge`), where `slipway review` reads
 * it, and told to cdk-nag and to the CDK's own check. Refuses a missing reason and a day that is no date.
 */
import { Policy, type Role } from 'aws-cdk-lib/aws-iam';
import * as core from 'aws-cdk-lib/core';
import { Aspects, CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { SlipwayError } from '../core/errors.ts';

export interface Acknowledged {
  /** As the review names it: `public-bucket`, `AwsSolutions-S1`, `W2508`. */
  readonly rule: string;
  /** Why it is all right here, for whoever reads it in a year. */
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`; after that the finding is open again. */
  readonly expires: string;
  /** One finding of the rule only, such as `Action::s3:*`. Default: all of them. */
  readonly about?: string;
}

/** What blocks acknowledge for themselves is looked at again with a release, at the latest by this day. */
const designReviewedUntil = '2027-11-21';

/** Acknowledges a rule on `construct` and everything below it. */
export function acknowledge(construct: IConstruct, acknowledged: Acknowledged): void {
  refuseBad(construct, acknowledged);
  const { rule, reason, expires, about } = acknowledged;
  const entry = { rule, ...(about === undefined ? {} : { about }), reason, expires, on: construct.node.path };
  Aspects.of(construct).add({
    visit(node) {
      // One resource carries it for all below, which may be made after this call: so it is written at synth.
      if (node !== construct) return;
      const bearer = bearerOf(construct);
      const before = listOf(field(bearer.getMetadata('slipway'), 'acknowledge'));
      bearer.addMetadata('slipway', { acknowledge: [...before, entry] });
    },
  });
  // Rules of ours are in lower case; the CDK would take their ids for those of its own warnings.
  if (!/^[A-Z]/.test(rule)) return;
  const id = /^[EFIW]\d{4}$/.test(rule) ? `CloudFormation-Validate::${rule}` : rule;
  validations()
    .of(construct)
    .acknowledge({ id: about === undefined ? id : `${id}[${about}]`, reason });
}

/** An app may have any aws-cdk-lib 2, for the parts of Slipway that do not need it. */
function validations(): typeof core.Validations {
  if ('Validations' in core) return core.Validations;
  throw new SlipwayError(
    'blocks.invalid',
    'the blocks need aws-cdk-lib 2.257.0 or later; this app has an older one',
    {
      fix: 'npm install aws-cdk-lib@latest',
    },
  );
}

function bearerOf(construct: IConstruct): CfnResource {
  const own = [construct, construct.node.defaultChild, ...construct.node.findAll()];
  const found = own.find((node) => node !== undefined && CfnResource.isCfnResource(node));
  if (found !== undefined && CfnResource.isCfnResource(found)) return found;
  throw new SlipwayError(
    'blocks.invalid',
    `There is no resource below ${construct.node.path} to acknowledge.`,
    {
      fix: 'Acknowledge on the construct that has the finding.',
    },
  );
}

/**
 * For blocks: rules that their design answers, as `S1` (of AwsSolutions), `IAM5[about]`, or a rule of the review's own
 * (`bucket-versioning`). Due again with a release.
 */
export function acknowledgeDesign(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [key, reason] of Object.entries(reasons)) {
    const [, rule = key, about] = /^([^[]+)\[(.*)\]$/.exec(key) ?? [];
    const id = /^[A-Z]/.test(rule) ? `AwsSolutions-${rule}` : rule;
    const acknowledged = { rule: id, reason, expires: designReviewedUntil };
    acknowledge(construct, about === undefined ? acknowledged : { ...acknowledged, about });
  }
}

function refuseBad(construct: IConstruct, { rule, reason, expires, about }: Acknowledged): void {
  const refuse = (what: string, fix: string): never => {
    throw new SlipwayError(
      'blocks.invalid',
      `The acknowledgement on ${construct.node.path || 'the app'} ${what}.`,
      {
        fix,
      },
    );
  };
  if (construct.node.path === '')
    refuse('is on the whole app', 'Acknowledge on a stack, or on the construct that has the finding.');
  if (!/^[\w.-]+$/.test(rule))
    refuse(`names the rule ${JSON.stringify(rule)}`, 'Name one rule; what of it goes into `about`.');
  if (reason.trim() === '') refuse(`of ${rule} has no reason`, 'Say why the finding is all right here.');
  if (about !== undefined && about.trim() === '')
    refuse(`of ${rule} is about nothing`, 'Leave `about` out to mean every finding of the rule.');
  const date = new Date(`${expires}T00:00:00Z`);
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(expires);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || !real)
    refuse(
      `of ${rule} expires on ${JSON.stringify(expires)}, which is no date`,
      'Write the last day on which it counts as YYYY-MM-DD.',
    );
}

/** Acknowledges that a grant ends in a wildcard such as `bucket/jobs/*`. Does nothing for one that does not. */
export function acknowledgeWildcardResource(construct: IConstruct, arn: string, reason: string): void {
  const text = asFindingText(Stack.of(construct).resolve(arn));
  if (text.includes('*')) acknowledgeDesign(construct, { [`IAM5[Resource::${text}]`]: reason });
}

/** Acknowledges every wildcard in the policy of a role that is not ours to write. */
export function acknowledgeForeignPolicy(role: Role, reason: string): void {
  const policy = role.node.tryFindChild('DefaultPolicy');
  if (!(policy instanceof Policy)) return;
  const document: unknown = Stack.of(role).resolve(policy.document);
  for (const statement of listOf(field(document, 'Statement'))) {
    for (const kind of ['Action', 'Resource'] as const) {
      for (const value of listOf(field(statement, kind))) {
        const text = asFindingText(value);
        if (text.includes('*')) acknowledgeDesign(role, { [`IAM5[${kind}::${text}]`]: reason });
      }
    }
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** How cdk-nag writes a reference inside the id of a finding: `<LogicalId.Arn>/jobs/*`. */
function asFindingText(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  const join = field(value, 'Fn::Join');
  if (Array.isArray(join)) return listOf(join[1]).map(asFindingText).join(String(join[0]));
  const getAtt = field(value, 'Fn::GetAtt');
  if (Array.isArray(getAtt)) return `<${getAtt.map(asFindingText).join('.')}>`;
  const sub = field(value, 'Fn::Sub');
  if (sub !== undefined) return asFindingText(sub);
  const ref = field(value, 'Ref');
  return ref === undefined ? JSON.stringify(value) : `<${asFindingText(ref)}>`;
}

/** One place to say why a cdk-nag rule does not apply: the reason stands beside the construct it is about. */
import { Policy, type Role } from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Acknowledges AwsSolutions findings on `construct` and everything below it, by rule or `rule[finding]`. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

/** Acknowledges that a grant ends in a wildcard such as `bucket/jobs/*`. Does nothing for one that does not. */
export function acknowledgeWildcardResource(construct: IConstruct, arn: string, reason: string): void {
  const text = asFindingText(Stack.of(construct).resolve(arn));
  if (text.includes('*')) acknowledge(construct, { [`IAM5[Resource::${text}]`]: reason });
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
        if (text.includes('*')) acknowledge(role, { [`IAM5[${kind}::${text}]`]: reason });
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

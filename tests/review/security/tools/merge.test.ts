import { expect, test } from 'vitest';
import { architectureOfTemplate, resourceRef } from '../../../../src/architecture/index.ts';
import type { Finding } from '../../../../src/review/finding.ts';
import { recoveryRules } from '../../../../src/review/recovery/rules/index.ts';
import { securityRules } from '../../../../src/review/security/rules/index.ts';
import { mergeFindings, mergeResults, sameProblems } from '../../../../src/review/security/tools/index.ts';

const app = architectureOfTemplate(
  JSON.stringify({
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi' },
      Get: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' } } },
      Bucket: { Type: 'AWS::S3::Bucket' },
      Other: { Type: 'AWS::S3::Bucket' },
      Policy: { Type: 'AWS::IAM::Policy' },
    },
  }),
);

function finding(rule: string, logicalId: string, about?: string): Finding {
  const resource = app.byId(`template/${logicalId}`);
  const source = /^[EFIW]\d/.test(rule)
    ? 'cloudformation-validate'
    : /^[A-Z]/.test(rule)
      ? 'cdk-nag'
      : 'slipway';
  return {
    rule,
    source,
    area: 'security',
    severity: 'high',
    title: 't',
    why: 'w',
    fix: 'f',
    evidence: [],
    fingerprint: [rule, resource?.id, about].filter(Boolean).join('|'),
    ...(resource === undefined ? {} : { resource: resourceRef(resource) }),
  };
}

const merged = (...findings: Finding[]) =>
  mergeFindings(findings, app).map(({ rule, resource, alsoReportedBy }) => [
    rule,
    resource?.logicalId,
    ...(alsoReportedBy ?? []),
  ]);

test('an outside finding is named in ours about the same resource, and left out', () => {
  expect(merged(finding('AwsSolutions-S2', 'Bucket'), finding('public-bucket', 'Bucket'))).toEqual([
    ['public-bucket', 'Bucket', 'AwsSolutions-S2'],
  ]);
});

test('it stays where ours found nothing', () => {
  expect(merged(finding('AwsSolutions-S2', 'Other'), finding('public-bucket', 'Bucket'))).toEqual([
    ['AwsSolutions-S2', 'Other'],
    ['public-bucket', 'Bucket'],
  ]);
});

test('findings about an API’s methods are the API’s', () => {
  const found = merged(
    finding('AwsSolutions-APIG4', 'Get'),
    finding('AwsSolutions-COG4', 'Get'),
    finding('unauthenticated-route', 'Api'),
  );
  expect(found).toEqual([['unauthenticated-route', 'Api', 'AwsSolutions-APIG4', 'AwsSolutions-COG4']]);
});

test('of two outside findings the one that says more stays', () => {
  expect(merged(finding('AwsSolutions-APIG4', 'Get'), finding('AwsSolutions-COG4', 'Get'))).toEqual([
    ['AwsSolutions-APIG4', 'Get', 'AwsSolutions-COG4'],
  ]);
});

test('of a granular rule only what ours is about is merged, and named with it', () => {
  const found = merged(
    finding('AwsSolutions-IAM5', 'Policy', 'Resource::*'),
    finding('AwsSolutions-IAM5', 'Policy', 'Resource::<Bucket.Arn>/jobs/*'),
    finding('wildcard-resource', 'Policy', 'template/Policy/Properties/PolicyDocument/Statement/0'),
  );
  expect(found).toEqual([
    ['AwsSolutions-IAM5', 'Policy'],
    ['wildcard-resource', 'Policy', 'AwsSolutions-IAM5[Resource::*]'],
  ]);
});

test('the same finding twice is one', () => {
  expect(merged(finding('public-bucket', 'Bucket'), finding('public-bucket', 'Bucket'))).toHaveLength(1);
});

test('results keep their verdict and lose what another tells', () => {
  const result = (one: Finding) =>
    ({
      rule: one.rule,
      area: 'security',
      verdict: 'findings',
      checked: 1,
      findings: [one],
      unclear: [],
    }) as const;
  const results = mergeResults(
    [result(finding('public-bucket', 'Bucket')), result(finding('AwsSolutions-S2', 'Bucket'))],
    app,
  );
  expect(results.map(({ rule, verdict, findings }) => [rule, verdict, findings.length])).toEqual([
    ['public-bucket', 'findings', 1],
    ['AwsSolutions-S2', 'findings', 0],
  ]);
});

test('no chain of rows comes back to where it began', () => {
  const reached = (rule: string, seen: ReadonlySet<string> = new Set()): boolean =>
    !seen.has(rule) &&
    sameProblems.every((row) => row.rule !== rule || reached(row.as, new Set([...seen, rule])));
  for (const { rule } of sameProblems) expect(reached(rule), rule).toBe(true);
});

test('what a row ends in, when it is no outside rule, is a rule of ours', () => {
  const ours = new Set([...securityRules(), ...recoveryRules].map(({ id }) => id));
  const unknown = sameProblems.filter(({ as }) => !/^([A-Z][\w.]*-|[EFIW]\d)/.test(as) && !ours.has(as));
  expect(unknown).toEqual([]);
});

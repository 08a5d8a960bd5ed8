/** Permissions for an AWS service that do not say for whom it may act: anyone's bucket or topic can use them. */

import {
  type Architecture,
  accessOf,
  conditionKeys,
  isDeploymentMachinery,
  type ReadPolicy,
  type ReadStatement,
  type Resource,
} from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

/** Services that act on behalf of what their customers set up, in any account. */
const acting: Readonly<Record<string, Severity>> = {
  's3.amazonaws.com': 'medium',
  'sns.amazonaws.com': 'medium',
  'apigateway.amazonaws.com': 'medium',
  'elasticloadbalancing.amazonaws.com': 'low',
  'events.amazonaws.com': 'low',
  'logs.amazonaws.com': 'low',
  'cloudwatch.amazonaws.com': 'low',
  'iot.amazonaws.com': 'low',
  'cognito-idp.amazonaws.com': 'low',
  'secretsmanager.amazonaws.com': 'low',
  'ses.amazonaws.com': 'low',
  'config.amazonaws.com': 'low',
  'cloudfront.amazonaws.com': 'high',
  'bedrock.amazonaws.com': 'low',
  'lambda.alarms.cloudwatch.amazonaws.com': 'low',
};

const tied =
  /^(aws:Source(Arn|Account|OrgID|OrgPaths)|aws:PrincipalOrgID|kms:ViaService|kms:EncryptionContext.*)$/i;

function* policiesOf(app: Architecture): Generator<{ at: Resource; policy: ReadPolicy }> {
  const model = accessOf(app);
  for (const at of app.resources) for (const policy of model.policiesAt(at)) yield { at, policy };
}

const servicesOf = (statement: ReadStatement): string[] =>
  statement.principals
    .filter(({ type, name }) => type === 'Service' && acting[name] !== undefined)
    .map(({ name }) => name);

export const confusedDeputy = securityRule({
  id: 'confused-deputy',
  title: 'Services may act only for resources of this account',
  severity: 'low',
  why: 'The service acts for all its customers: without a source in the condition, a stranger’s bucket, topic or API can reach this resource through it.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  check: ({ app, checked, found }) => {
    const grouped = new Map<string, { at: Resource; owner: Resource; service: string; where: string[] }>();
    for (const { at, policy } of policiesOf(app)) {
      // Keys are used by services under grants and encryption contexts, which a policy need not repeat.
      if (at.type === 'AWS::KMS::Key') continue;
      for (const statement of policy.statements) {
        const services = servicesOf(statement);
        if (statement.effect === 'Deny' || services.length === 0) continue;
        checked();
        const isTied = conditionKeys(statement).some((key) => tied.test(key)) || statement.unknown.length > 0;
        const owner = policy.owner ?? at;
        if (isTied || isDeploymentMachinery(app, at) || isDeploymentMachinery(app, owner)) continue;
        for (const service of services) {
          const key = `${at.id}|${service}`;
          const group = grouped.get(key) ?? { at, owner, service, where: [] };
          group.where.push(statement.path);
          grouped.set(key, group);
        }
      }
    }
    for (const { at, owner, service, where } of grouped.values()) {
      const isFunction = owner.type === 'AWS::Lambda::Permission';
      const severity = acting[service] ?? 'low';
      found({
        resource: at,
        about: service,
        // The other services can only be pointed at a function or queue within the account, or from known ones.
        severity:
          !isFunction && service !== 'cloudfront.amazonaws.com' && severity === 'medium' ? 'low' : severity,
        title: `${at.name} takes what ${service} brings on behalf of anyone’s account`,
        fix: isFunction
          ? 'Set SourceArn on the permission (and SourceAccount for S3), so that only your resource can call (CDK: addPermission with sourceArn and sourceAccount).'
          : 'Add to the statement: Condition: { StringEquals: { aws:SourceAccount: <account> } }, or ArnLike aws:SourceArn with the ARN of the sender.',
        evidence: where.map((place) => ({
          at: place,
          shows: `${service} without aws:SourceArn or aws:SourceAccount (${sentenceList([owner.logicalId])})`,
        })),
      });
    }
  },
});

/** Statements that allow every action, or every action of a service that guards data or permissions. */
import { describeStatement } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';
import { heldStatements, isEveryResource } from './support/statements.ts';

/** Services in which every action includes giving oneself more, or taking or destroying data. */
const grave = new Set(['iam', 'sts', 'organizations', 'kms', 'secretsmanager', 'cloudformation']);
const sensitive = new Set([
  ...['s3', 'dynamodb', 'rds', 'rds-data', 'sqs', 'sns', 'lambda', 'ec2', 'ecs', 'ecr', 'ssm', 'es', 'aoss'],
  ...['kinesis', 'firehose', 'elasticache', 'elasticfilesystem', 'redshift', 'redshift-data', 'cognito-idp'],
  ...[
    'events',
    'states',
    'backup',
    'neptune-db',
    'bedrock',
    'sagemaker',
    'glue',
    'athena',
    'eks',
    'cloudtrail',
  ],
]);

function severityOf(services: readonly string[], everywhere: boolean): Severity {
  if (services.includes('*')) return everywhere ? 'critical' : 'high';
  if (!everywhere) return 'low';
  return services.some((one) => grave.has(one)) ? 'high' : 'medium';
}

export const wildcardAction = securityRule({
  id: 'wildcard-action',
  title: 'Policies name the actions that they allow',
  severity: 'medium',
  why: 'Every action of a service takes in deleting, giving others access and changing logging: a fault in the code that holds it can do all of that.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  check: ({ app, checked, found, unclear }) => {
    for (const { statement, policy, holders } of heldStatements(app)) {
      if (statement.effect === 'Deny') continue;
      checked();
      const first = holders[0];
      if (first === undefined) continue;
      const [unknown] = statement.unknown;
      if (unknown !== undefined && statement.actions.length === 0)
        unclear({
          resource: policy.owner ?? first.resource,
          what: `the actions of ${statement.path}`,
          because: unknown,
        });
      const services = statement.actions.flatMap((action) =>
        action === '*' || action === '*:*'
          ? ['*']
          : (/^([a-z0-9-]+):\*$/i.exec(action)?.[1]?.toLowerCase() ?? []),
      );
      const isInverted = statement.notActions.length > 0;
      const counted = isInverted
        ? ['*']
        : services.filter((one) => one === '*' || grave.has(one) || sensitive.has(one));
      if (counted.length === 0) continue;
      const isEverywhere = statement.resources.some(isEveryResource) || statement.notResources.length > 0;
      // A key's own administrators, and streams of one table, are named by resource: that is narrow enough to be low.
      const isConditional = Object.keys(statement.conditions).length > 0;
      const severity = severityOf(counted, isEverywhere && !isConditional);
      const actions = isInverted
        ? `everything but ${sentenceList(statement.notActions)}`
        : sentenceList(counted.map((one) => (one === '*' ? '*' : `${one}:*`)));
      const who = sentenceList(holders.map(({ resource }) => resource.name));
      found({
        resource: policy.owner ?? first.resource,
        // Not the statement's place, which moves when another is added before it.
        about: policy.owner === undefined ? policy.name : `${actions} ${statement.resources.join(' ')}`,
        severity,
        title:
          counted.includes('*') && isEverywhere && !isInverted
            ? `${who} may do everything in the account`
            : `${who} may do ${actions} on ${isEverywhere ? 'every resource' : sentenceList(statement.resources, 2)}`,
        fix:
          policy.owner === undefined
            ? `Replace the managed policy ${policy.name.split('/').at(-1)} by a policy with the actions and resources that the code uses (CDK: the grant… methods of the resources).`
            : 'List the actions that the code calls in Action (CDK: the grant… methods of the resource write them), and the ARNs in Resource.',
        evidence: [{ at: statement.path, shows: describeStatement(statement) }],
      });
    }
  },
});

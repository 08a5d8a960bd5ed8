/** Statements that allow touching the data of every resource in the account. */
import { describeStatement } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { accessReport } from '../access/index.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';
import { heldStatements, isEveryResource } from './support/statements.ts';

/** Actions on data or code that AWS can limit to single resources, by how bad it is to have them on all. */
const graded: readonly (readonly [RegExp, Severity])[] = [
  [/^(secretsmanager:(GetSecretValue|PutSecretValue|UpdateSecret)|kms:Decrypt|kms:CreateGrant)$/i, 'medium'],
  [/^(s3:(Get|Put|Delete)Object\*?|s3:(Get|Put|Delete)\*|dynamodb:\w*(Item|Query|Scan)\*?)$/i, 'medium'],
  [/^(iam:PassRole|sts:AssumeRole|lambda:UpdateFunction\w+|ssm:(SendCommand|StartSession))$/i, 'medium'],
  [/^(ssm:GetParameter\w*|sqs:(SendMessage|ReceiveMessage|DeleteMessage)|sns:Publish)$/i, 'low'],
  [/^(lambda:Invoke\w*|states:StartExecution|kinesis:(Get|Put)Records?|firehose:PutRecord\w*)$/i, 'low'],
  [/^(rds-data:\w+|es:ESHttp\w+|ecs:(RunTask|ExecuteCommand)|events:PutEvents|execute-api:\w+)$/i, 'low'],
];

const grade = (action: string): Severity | undefined => graded.find(([form]) => form.test(action))?.[1];

export const wildcardResource = securityRule({
  id: 'wildcard-resource',
  title: 'Policies name the data that they give access to',
  severity: 'medium',
  why: 'With a wildcard the code reaches the data of every other app in the account too, and of every one that comes later.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  check: ({ app, checked, found, unclear }) => {
    const { cells } = accessReport(app);
    for (const { statement, policy, holders } of heldStatements(app)) {
      // AWS's own policies cannot be narrowed; those that give whole services are wildcard-action's.
      if (statement.effect === 'Deny' || policy.owner === undefined) continue;
      checked();
      const [unknown] = statement.unknown;
      if (unknown !== undefined && statement.resources.length === 0)
        unclear({ resource: policy.owner, what: `the resources of ${statement.path}`, because: unknown });
      if (!statement.resources.some(isEveryResource) || Object.keys(statement.conditions).length > 0)
        continue;
      const graver = statement.actions.filter((action) => grade(action) !== undefined);
      if (graver.length === 0) continue;
      const severity = graver.some((action) => grade(action) === 'medium') ? 'medium' : 'low';
      const stores = cells
        .filter(({ read, write, admin }) =>
          [...read, ...write, ...admin].some(({ evidence }) => evidence.at === statement.path),
        )
        .flatMap(({ store }) => app.byId(store) ?? []);
      found({
        resource: policy.owner,
        // Not the statement's place, which moves when another is added before it.
        about: [...graver].sort().join(' '),
        severity,
        title: `${sentenceList(holders.map(({ resource }) => resource.name))} may ${sentenceList(graver, 3)} on every resource${
          stores.length > 0
            ? `, among them ${sentenceList(
                stores.map(({ name }) => name),
                3,
              )}`
            : ''
        }`,
        fix: 'Replace the wildcard in Resource by the ARNs that the code uses (CDK: pass the construct’s ARN, or use its grant… method).',
        evidence: [{ at: statement.path, shows: describeStatement(statement) }],
      });
    }
  },
});

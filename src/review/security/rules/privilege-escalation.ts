/** Roles that can get from the permissions they have to those of others, by one of the known methods. */
import {
  type AccessModel,
  type Answer,
  accessOf,
  type Identity,
  isDeploymentMachinery,
} from '../../../architecture/index.ts';
import { type EscalationMethod, escalationMethods } from './support/escalation-methods.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

/** Someone else's: what a permission has to reach for the method to work. */
function others(action: string, identity: Identity, method: EscalationMethod): string[] {
  const { region, accountId } = identity.resource.inStack;
  const [service = ''] = action.split(':');
  const at = `arn:aws:${service}:${region}:${accountId}`;
  if (service === 'iam' || service === 'sts') {
    const arn = (kind: string) => `arn:aws:iam::${accountId}:${kind}/someone-else`;
    if (method.own === true) return [identity.resource.arn, arn('role')];
    const kind = /User|AccessKey|LoginProfile/.test(action)
      ? 'user'
      : action.includes('Group')
        ? 'group'
        : action.includes('PolicyVersion')
          ? 'policy'
          : 'role';
    return [arn(action === 'iam:AddUserToGroup' ? 'group' : kind)];
  }
  const parts: Readonly<Record<string, readonly string[]>> = {
    lambda: [`${at}:function:someone-else`, `${at}:event-source-mapping:any`],
    ec2: [`${at}:instance/any`],
    ecs: [`${at}:task-definition/any:1`, '*'],
    cloudformation: [`${at}:stack/someone-else/any`],
    ssm: [`arn:aws:ec2:${region}:${accountId}:instance/i-someone-else`],
    kms: [`${at}:key/someone-else`],
  };
  return [...(parts[service] ?? [`${at}:any/someone-else`])];
}

function canDo(model: AccessModel, identity: Identity, method: EscalationMethod): Answer[] | undefined {
  const answers: Answer[] = [];
  for (const action of method.needs) {
    const answer = others(action, identity, method)
      .map((arn) => model.may(identity, action, arn))
      .find(({ allowed }) => allowed === 'yes' || allowed === 'conditions');
    if (answer === undefined) return undefined;
    answers.push(answer);
  }
  return answers;
}

export const privilegeEscalation = securityRule({
  id: 'privilege-escalation',
  title: 'No role can give itself more than it has',
  severity: 'high',
  why: 'Whoever gets hold of this role through a fault in its code gets hold of the account.',
  reference: 'https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/',
  check: ({ app, checked, found, unclear }) => {
    const model = accessOf(app);
    for (const identity of model.identities) {
      checked();
      const { resource } = identity;
      if (identity.unknownPolicies.length > 0)
        unclear({
          resource,
          what: `whether ${sentenceList(identity.unknownPolicies)} lets it take more`,
          because: 'the text of this policy is not known here',
        });
      // Who may do everything anyway is wildcard-action's finding; what the CDK brings along cannot be changed.
      const any = 'arn:aws:any-service:us-east-1:111122223333:any/thing';
      if (
        isDeploymentMachinery(app, resource) ||
        model.may(identity, 'any-service:AnyAction', any).allowed === 'yes'
      )
        continue;
      const ways = escalationMethods.flatMap((method) => {
        const answers = canDo(model, identity, method);
        return answers === undefined ? [] : [{ method, answers }];
      });
      if (ways.length === 0) continue;
      const isSure = ways.some(({ answers }) => answers.every(({ allowed }) => allowed === 'yes'));
      found({
        resource,
        about: ways.map(({ method }) => method.id).join(','),
        severity: isSure ? 'high' : 'medium',
        title: `${resource.name} can ${sentenceList(
          ways.map(({ method }) => method.what),
          2,
        )}${isSure ? '' : ', under the conditions of its policy'}`,
        fix: `Narrow ${sentenceList([...new Set(ways.flatMap(({ method }) => method.needs))])} to the ARNs that are needed (for iam:PassRole also with a condition on iam:PassedToService), or set a PermissionsBoundary on the role.`,
        evidence: [
          ...new Map(
            ways.flatMap(({ method, answers }) =>
              answers.map(
                ({ statement }, index) =>
                  [
                    `${statement?.path} ${method.needs[index]}`,
                    {
                      at: statement?.path ?? resource.id,
                      shows: `allows ${method.needs[index]} (${method.id})`,
                    },
                  ] as const,
              ),
            ),
          ).values(),
        ].slice(0, 8),
      });
    }
  },
});

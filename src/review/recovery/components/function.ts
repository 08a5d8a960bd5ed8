/** Lambda functions. AWS replaces failed environments; a person is needed for a bad version or a deleted stack. */
import { isDeploymentMachinery, type Resource, valueAt } from '../../../architecture/index.ts';
import { guess, part, severalZones, steps } from '../figures.ts';
import type { ComponentModel, RecoveryOption } from '../model.ts';
import { automatic, manual, unaffected } from '../options.ts';

export const lambdaFunction: ComponentModel = {
  types: ['AWS::Lambda::Function', 'AWS::Serverless::Function'],
  read: (resource, { app }) => {
    if (isDeploymentMachinery(app, resource)) return undefined;
    const options: RecoveryOption[] = [
      unaffected(
        ['lost-instance', 'lost-zone'],
        'runs on whatever hosts and zones are left',
        severalZones.lambda,
      ),
      automatic(['software-fault'], 'gets a new environment for the next call; the call that crashed fails', [
        part('the next call starts a new environment', 0, 10, guess('a cold start, at most 10 s')),
      ]),
    ];
    const gradual = gradualDeployment(resource);
    if (gradual === 'alarms')
      options.push(
        automatic(['bad-deploy'], 'sends a part of the calls first, and goes back when the alarm fires', [
          steps.canaryRollsBack(300),
        ]),
      );
    else if (aliasesOf(resource).length > 0)
      options.push(
        manual(['bad-deploy'], 'keeps the previous version behind an alias', [
          part('a person points the alias at the previous version', 60, 300, guess('1–5 min')),
        ]),
      );
    return { kind: 'compute', label: 'Lambda function', data: 'none', options };
  },
};

export const aliasesOf = (resource: Resource): Resource[] =>
  resource.usedBy
    .filter(({ to, path }) => to.type === 'AWS::Lambda::Alias' && path.includes('FunctionName'))
    .map(({ to }) => to);

function gradualDeployment(resource: Resource): 'alarms' | 'no alarms' | undefined {
  if (resource.type === 'AWS::Serverless::Function') {
    const preference = valueAt(resource.properties, 'DeploymentPreference');
    if (preference === undefined) return undefined;
    return valueAt(preference, 'Alarms') === undefined ? 'no alarms' : 'alarms';
  }
  const updates = aliasesOf(resource).filter(({ node }) => node.updatePolicy?.CodeDeployLambdaAliasUpdate);
  if (updates.length === 0) return undefined;
  const groups = updates.flatMap(({ uses }) =>
    uses.map(({ to }) => to).filter(({ type }) => type === 'AWS::CodeDeploy::DeploymentGroup'),
  );
  const deploymentGroups =
    groups.length > 0
      ? groups
      : updates.flatMap((alias) =>
          alias.node.references
            .map(({ to }) => to)
            .flatMap((id) =>
              alias.usedBy.concat(alias.uses).flatMap(({ to }) => (to.logicalId === id ? [to] : [])),
            ),
        );
  const alarms = deploymentGroups.some(
    (group) => valueAt(group.properties, 'AlarmConfiguration') !== undefined,
  );
  return alarms ? 'alarms' : 'no alarms';
}

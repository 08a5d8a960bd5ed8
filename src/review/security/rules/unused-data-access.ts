/** Roles that may touch data which nothing in their code's configuration names. */
import { isDeploymentMachinery, storeKind } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { accessReport } from '../access/index.ts';
import type { Grant } from '../report.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';
import { isEveryResource, statementsByPlace } from './support/statements.ts';

const judged = new Set(['AWS::Lambda::Function', 'AWS::ECS::TaskDefinition']);
const left = new Set(['key', 'log-group', 'repository', 'parameter', 'event-bus']);

export const unusedDataAccess = securityRule({
  id: 'unused-data-access',
  title: 'Code may touch only the data that its configuration names',
  severity: 'low',
  why: 'Access that the code has no way to use serves only whoever breaks into it.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  check: ({ app, checked, found }) => {
    const { cells, principals } = accessReport(app);
    const places = statementsByPlace(app);
    const byId = new Map(principals.map((one) => [one.resource.id, one]));
    for (const { principal, store, need, read, write, admin } of cells) {
      const role = app.byId(principal);
      const target = app.byId(store);
      const runs = byId.get(principal)?.runs ?? [];
      if (role === undefined || target === undefined || left.has(storeKind(target) ?? '')) continue;
      if (
        runs.length === 0 ||
        !runs.every(({ type }) => judged.has(type)) ||
        isDeploymentMachinery(app, role)
      )
        continue;
      checked();
      if (need.verdict !== 'not-named') continue;
      const isNamed = ({ evidence, allowed }: Grant) =>
        allowed === 'yes' && places.get(evidence.at)?.resources.some((one) => !isEveryResource(one)) === true;
      const grants = [...read, ...write, ...admin].filter(isNamed);
      if (grants.length === 0) continue;
      const isGrave = storeKind(target) === 'secret' || [...write, ...admin].some(isNamed);
      const severity: Severity = isGrave ? 'medium' : 'low';
      found({
        resource: role,
        about: target.id,
        severity,
        title: `${role.name} may ${sentenceList(grants.flatMap(({ actions }) => actions))} on ${target.name}, which ${sentenceList(
          runs.map(({ name }) => name),
          2,
        )} is not told of`,
        fix: `If the code does not use ${target.name}, remove the statement (CDK: the grant… call); if it does, hand it the name in an environment variable so that the reader can see it.`,
        evidence: grants.map(({ evidence }) => evidence),
      });
    }
  },
});

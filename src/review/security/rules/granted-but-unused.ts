/** Actions that a role may do and did not do in a measured run. Says nothing about roles that the run did not touch. */
import { accessOf, storeKind } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { accessReport, measuredOf } from '../access/index.ts';
import type { MeasuredAction } from '../report.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

const left = new Set(['key', 'log-group']);

export const grantedButUnused = (measured: readonly MeasuredAction[] | undefined): Rule =>
  securityRule({
    id: 'granted-but-unused',
    title: 'What roles may do to data, they were seen to do in a measured run',
    severity: 'low',
    why: 'A permission that a whole run of the app did not need is one that only an intruder would use.',
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-unused-access.html',
    check: ({ app, checked, found }) => {
      if (measured === undefined) return;
      const model = accessOf(app);
      for (const { principal, store, need, read, write, admin } of accessReport(app, measured).cells) {
        const target = app.byId(store);
        const role = app.byId(principal);
        const identity = role === undefined ? undefined : model.identityOf(role);
        if (target === undefined || identity === undefined || left.has(storeKind(target) ?? '')) continue;
        if (need.verdict !== 'measured' && need.verdict !== 'unused') continue;
        checked();
        const actions = new Set(measuredOf(identity, target, measured, app).map(({ action }) => action));
        const used = new Set([...actions].map((action) => action.toLowerCase()));
        const grants = [...read, ...write, ...admin].filter(({ allowed }) => allowed === 'yes');
        const idle = grants
          .flatMap((grant) => grant.actions)
          .filter((action) => !used.has(action.toLowerCase()));
        if (idle.length === 0) continue;
        found({
          resource: identity.resource,
          about: target.id,
          severity: used.size === 0 ? 'medium' : 'low',
          title: `${identity.resource.name} may ${sentenceList(idle)} on ${target.name} but ${used.size === 0 ? 'did not touch it' : `only did ${sentenceList([...actions])}`} in the measured run`,
          fix: 'Remove these actions from the statement, unless the run left out the case that needs them.',
          evidence: [...need.evidence, ...grants.map(({ evidence }) => evidence)],
        });
      }
    },
  });

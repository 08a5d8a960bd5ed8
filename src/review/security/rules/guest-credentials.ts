/** Identity pools that give AWS credentials to guests, judged by what the guests' role may do. */

import { flagAt, isUnresolved, show } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { accessReport } from '../access/index.ts';
import { guestRoles } from '../exposure/index.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

export const guestCredentials = securityRule({
  id: 'guest-credentials',
  title: 'Nobody gets AWS credentials without signing in',
  severity: 'medium',
  why: 'Anyone can ask the pool for credentials of the guest role and call AWS with them, as often as they like.',
  reference: 'https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html',
  check: ({ app, checked, found, unclear }) => {
    const { cells } = accessReport(app);
    for (const pool of app.ofType('AWS::Cognito::IdentityPool')) {
      checked();
      const flag = flagAt(pool.properties, 'AllowUnauthenticatedIdentities');
      if (isUnresolved(flag))
        unclear({ resource: pool, what: 'AllowUnauthenticatedIdentities', because: flag.reason });
      if (flag !== true) continue;
      const roles = guestRoles({ app }, pool);
      const reached = cells.filter(({ principal }) => roles.some(({ to }) => to.id === principal));
      const isWriting = reached.some(({ write, admin }) => write.length + admin.length > 0);
      const severity: Severity = isWriting ? 'high' : reached.length > 0 ? 'medium' : 'low';
      const stores = reached.flatMap(({ store }) => app.byId(store) ?? []);
      found({
        resource: pool,
        severity,
        title: `${pool.name} gives credentials to guests${stores.length > 0 ? `, who can reach ${sentenceList(stores.map(({ name }) => name))}` : roles.length === 0 ? ', though no role is set for them' : ''}`,
        fix: 'Set AllowUnauthenticatedIdentities to false (CDK: allowUnauthenticatedIdentities: false); where guests are meant, allow their role single actions on single resources.',
        evidence: [show(pool, 'AllowUnauthenticatedIdentities'), ...roles.map(({ opens }) => opens)],
      });
    }
  },
});

/** Data that leaves a store under the customer's own key for one that is not under it: the chain of keys breaks there. */
import { isDeploymentMachinery } from '../../../architecture/index.ts';
import { accessReport } from '../access/index.ts';
import { encryptionReport } from './support/encryption.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

const judged = new Set(['bucket', 'table', 'queue', 'topic', 'stream', 'database']);

export const weakerCopy = securityRule({
  id: 'weaker-copy',
  title: 'What is kept under a customer’s key stays under one wherever it goes',
  severity: 'low',
  why: 'Revoking or auditing the key does not reach the copies: they are under a key that the customer does not govern.',
  reference:
    'https://docs.aws.amazon.com/prescriptive-guidance/latest/encryption-best-practices/welcome.html',
  check: ({ app, checked, found }) => {
    const keys = new Map(encryptionReport(app).map((store) => [store.resource.id, store]));
    if (![...keys.values()].some(({ key }) => key === 'customer')) return;
    const { cells, principals } = accessReport(app);
    for (const { resource: role, runs } of principals) {
      if (runs.length === 0 || isDeploymentMachinery(app, role)) continue;
      const own = cells.filter(
        ({ principal, need }) => principal === role.id && need.verdict !== 'not-named',
      );
      const sources = own.filter(
        ({ store, read }) =>
          read.length > 0 && keys.get(store)?.key === 'customer' && judged.has(keys.get(store)?.kind ?? ''),
      );
      if (sources.length === 0) continue;
      checked();
      for (const { store, write } of own) {
        const copy = keys.get(store);
        const target = app.byId(store);
        const isWeaker = copy?.key === 'aws-owned' || copy?.key === 'none' || copy?.key === 'aws-managed';
        if (!isWeaker || target === undefined || write.length === 0 || !judged.has(copy.kind)) continue;
        // A dead-letter queue of the function itself holds the function's events, not what it read.
        if (/dead|dlq/i.test(target.logicalId)) continue;
        const from = sources.flatMap((one) => app.byId(one.store) ?? []).filter((one) => one !== target);
        if (from.length === 0) continue;
        found({
          resource: target,
          about: role.id,
          title: `${sentenceList(
            runs.map(({ name }) => name),
            2,
          )} reads ${sentenceList(
            from.map(({ name }) => name),
            2,
          )} under a customer’s key and writes to ${target.name}, which has ${copy.key === 'none' ? 'none' : `an ${copy.key.replace('-', ' ')} key`}`,
          fix: 'Give it the same key (KmsMasterKeyId, KMSMasterKeyID or SSESpecification; CDK: encryptionKey), if the data that it gets is of the same kind.',
          evidence: [copy.evidence, ...sources.flatMap((one) => keys.get(one.store)?.evidence ?? [])],
        });
      }
    }
  },
});

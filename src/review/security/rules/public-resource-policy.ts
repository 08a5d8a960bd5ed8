/** Queues, topics, keys, secrets, functions, tables and repositories whose own policy lets in everyone. */

import { propertyOf, storeKind, textAt } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { exposureReport } from '../exposure/index.ts';
import type { EntryPoint } from '../report.ts';
import { securityRule } from './support/security-rule.ts';

const kept = new Set(['secret', 'key', 'table']);

function severityOf(kind: string | undefined, entry: EntryPoint): Severity {
  if (kind !== undefined && kept.has(kind)) return 'critical';
  return entry.writes ? 'high' : 'medium';
}

export const publicResourcePolicy = securityRule({
  id: 'public-resource-policy',
  title: 'No policy of a queue, topic, key, secret, function, table or repository lets in everyone',
  severity: 'high',
  why: 'A Principal of * in a resource policy takes in every AWS account and callers without any; what it allows needs no further permission.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  check: ({ app, checked, found, unclear }) => {
    const report = exposureReport(app);
    for (const holder of app.resources)
      if (/Policy$|^AWS::KMS::Key$|^AWS::Lambda::Permission$|^AWS::ECR::Repository$/.test(holder.type))
        checked();
    for (const entry of report.entries) {
      const resource = app.byId(entry.resource.id);
      if (entry.kind !== 'resource-policy' || resource === undefined || entry.authentication !== 'none')
        continue;
      found({
        resource,
        about: entry.what,
        severity: severityOf(storeKind(resource), entry),
        title: `The policy of ${resource.name} allows ${entry.opens.shows}`,
        fix: 'Name the accounts, roles or services that need it in Principal, or add a Condition on aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.',
        evidence: [entry.opens],
      });
    }
    for (const layer of app.ofType('AWS::Lambda::LayerVersionPermission')) {
      checked();
      const { properties } = layer;
      if (textAt(properties, 'Principal') !== '*' || properties.OrganizationId !== undefined) continue;
      found({
        resource: layer,
        title: `The layer that ${layer.name} shares can be fetched by every AWS account`,
        fix: 'Set Principal to the account that uses it, or add OrganizationId.',
        severity: 'medium',
        evidence: [{ at: propertyOf(layer, 'Principal'), shows: 'Principal: *' }],
      });
    }
    for (const { resource, what, because } of report.unclear) {
      const at = resource === undefined ? undefined : app.byId(resource.id);
      const kind = at === undefined ? undefined : storeKind(at);
      if (at !== undefined && kind !== undefined && kind !== 'bucket' && kind !== 'database')
        unclear({ resource: at, what, because });
    }
  },
});

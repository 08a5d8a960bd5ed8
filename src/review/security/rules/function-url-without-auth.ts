/** Function URLs that anyone may call. */
import { exposureReport } from '../exposure/index.ts';
import { dataBehind, longestPath, touches } from './support/entries.ts';
import { securityRule } from './support/security-rule.ts';

export const functionUrlWithoutAuth = securityRule({
  id: 'function-url-without-auth',
  title: 'Function URLs ask who calls',
  severity: 'medium',
  why: 'A function URL has no gateway before it: no rate limit, no validation, no web ACL. Each call by anyone runs, and is paid for.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  check: ({ app, checked, found, unclear }) => {
    for (const entry of exposureReport(app).entries) {
      const resource = app.byId(entry.resource.id);
      if (entry.kind !== 'function-url' || resource === undefined) continue;
      checked();
      if (entry.authentication === 'unknown')
        unclear({ resource, what: 'AuthType', because: 'it could not be resolved' });
      if (entry.authentication !== 'none') continue;
      const reach = dataBehind([entry]);
      found({
        resource,
        severity: touches(entry, 'write') || touches(entry, 'admin') ? 'high' : 'medium',
        title: `Anyone can call the function URL ${resource.name}${reach === '' ? '' : `, whose function can ${reach}`}`,
        fix: 'Set AuthType to AWS_IAM (CDK: authType: FunctionUrlAuthType.AWS_IAM) and call it with signed requests, or through CloudFront with origin access control.',
        evidence: [entry.opens, { at: resource.id, shows: longestPath(entry) }],
      });
    }
  },
});

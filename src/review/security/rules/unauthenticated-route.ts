/** Routes of APIs and listeners that anyone may call, judged by what they can do and what lies behind them. */
import { exposureReport } from '../exposure/index.ts';
import type { EntryPoint } from '../report.ts';
import { dataBehind, isLimited, longestPath, openSeverity, touches, worst } from './support/entries.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

const kinds = new Set<EntryPoint['kind']>([
  'rest-api',
  'http-api',
  'websocket-api',
  'graphql-api',
  'load-balancer',
]);

const fixes: Readonly<Record<string, string>> = {
  'rest-api':
    'Set AuthorizationType on the methods (CDK: authorizer or authorizationType); where it must stay open, limit it: MethodSettings.ThrottlingRateLimit on the stage and a web ACL.',
  'http-api':
    'Set AuthorizationType on the routes (CDK: authorizer: HttpJwtAuthorizer or HttpIamAuthorizer); where it must stay open, set DefaultRouteSettings.ThrottlingRateLimit on the stage.',
  'websocket-api':
    'Set AuthorizationType of the $connect route to AWS_IAM or CUSTOM (CDK: connectRouteOptions.authorizer).',
  'graphql-api': 'Set AuthenticationType to AMAZON_COGNITO_USER_POOLS, AWS_IAM or OPENID_CONNECT.',
  'load-balancer':
    'Add an authenticate-cognito or authenticate-oidc action before forward, or see to it that the application checks every caller; put a web ACL before it.',
};

function severityOf(entry: EntryPoint) {
  // An application behind a load balancer as a rule signs its users in by itself.
  if (entry.kind === 'load-balancer') return touches(entry, 'write') ? 'low' : 'info';
  return entry.authentication === 'some' ? 'low' : openSeverity(entry);
}

export const unauthenticatedRoute = securityRule({
  id: 'unauthenticated-route',
  title: 'Every route that reads or changes data says who may call it',
  severity: 'medium',
  why: 'Nothing before the code asks who is calling: anyone who finds the address can use it, fill the stores behind it and run up the bill.',
  reference:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
  check: ({ app, checked, found, unclear }) => {
    const report = exposureReport(app);
    const grouped = new Map<string, EntryPoint[]>();
    for (const entry of report.entries) {
      if (!kinds.has(entry.kind)) continue;
      checked();
      const resource = app.byId(entry.resource.id);
      if (entry.authentication === 'unknown' && resource !== undefined)
        unclear({
          resource,
          what: `who may call ${entry.what}`,
          because: 'its authorization could not be resolved',
        });
      const isKeyOnly =
        entry.authentication === 'some' &&
        entry.writes &&
        entry.guards.some(({ kind }) => kind === 'api-key');
      if (entry.authentication !== 'none' && !isKeyOnly) continue;
      const key = `${entry.resource.id}|${isKeyOnly ? 'key' : 'open'}`;
      grouped.set(key, [...(grouped.get(key) ?? []), entry]);
    }
    for (const [key, entries] of grouped) {
      const first = entries[0];
      const resource = first === undefined ? undefined : app.byId(first.resource.id);
      if (first === undefined || resource === undefined) continue;
      const reach = dataBehind(entries);
      // A load balancer is there to be called; it is worth a word only when data of the app lies behind it.
      if (first.kind === 'load-balancer' && reach === '') continue;
      const isKeyOnly = key.endsWith('|key');
      const names = sentenceList(entries.map(({ what }) => what));
      const limited = entries.every(isLimited) ? ' (its rate is limited)' : '';
      found({
        resource,
        about: isKeyOnly ? 'api key' : 'open',
        severity: worst(entries.map(severityOf)),
        title: isKeyOnly
          ? `${resource.name} asks only for an API key, which does not say who calls: ${names}`
          : `Anyone can call ${names} of ${resource.name}${reach === '' ? '' : `, which can ${reach}`}${limited}`,
        fix: fixes[first.kind] ?? '',
        evidence: entries.slice(0, 8).map((entry) => ({
          at: entry.opens.at,
          shows: `${entry.what}: ${entry.opens.shows}${longestPath(entry) === '' ? '' : `; ${longestPath(entry)}`}`,
        })),
      });
    }
    for (const { resource, what, because } of report.unclear) {
      const at = resource === undefined ? undefined : app.byId(resource.id);
      if (at !== undefined && /ApiGateway|AppSync|LoadBalancing|Serverless/.test(at.type))
        unclear({ resource: at, what, because });
    }
  },
});

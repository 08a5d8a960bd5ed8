/** Answers to every origin with credentials, and buckets that any page may write to. */
import { flagAt, listAt, show } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

interface CorsRow {
  readonly origins: string;
  readonly credentials: string;
}

const rows: Readonly<Record<string, CorsRow>> = {
  'AWS::ApiGatewayV2::Api': {
    origins: 'CorsConfiguration.AllowOrigins',
    credentials: 'CorsConfiguration.AllowCredentials',
  },
  'AWS::Lambda::Url': { origins: 'Cors.AllowOrigins', credentials: 'Cors.AllowCredentials' },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    origins: 'ResponseHeadersPolicyConfig.CorsConfig.AccessControlAllowOrigins.Items',
    credentials: 'ResponseHeadersPolicyConfig.CorsConfig.AccessControlAllowCredentials',
  },
};

export const corsWildcard = securityRule({
  id: 'cors-wildcard',
  title: 'Only known pages may call with the user’s credentials',
  severity: 'medium',
  why: 'Any page that a signed-in user opens can then call in the user’s name and read the answer.',
  reference: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
  check: ({ app, checked, found }) => {
    for (const resource of app.ofType(...Object.keys(rows))) {
      const row = rows[resource.type];
      if (row === undefined) continue;
      const origins = listAt(resource.properties, row.origins);
      if (origins.length === 0) continue;
      checked();
      const isOpen = origins.some((one) => typeof one === 'string' && /^(\*|https?:\/\/\*)$/.test(one));
      if (!isOpen || flagAt(resource.properties, row.credentials) !== true) continue;
      found({
        resource,
        title: `${resource.name} lets every origin call with credentials`,
        fix: `Set ${row.origins} to the origins of your pages, or turn credentials off.`,
        evidence: [show(resource, row.origins), show(resource, row.credentials)],
      });
    }
    for (const bucket of app.ofType('AWS::S3::Bucket'))
      for (const [index, rule] of listAt(bucket.properties, 'CorsConfiguration.CorsRules').entries()) {
        checked();
        const methods = listAt(rule, 'AllowedMethods').filter(
          (one) => one === 'PUT' || one === 'POST' || one === 'DELETE',
        );
        if (methods.length === 0 || !listAt(rule, 'AllowedOrigins').includes('*')) continue;
        found({
          resource: bucket,
          about: `rule ${index}`,
          severity: 'low',
          title: `Pages of every origin may ${methods.map(String).join(', ')} to bucket ${bucket.name} with a URL that they get hold of`,
          fix: 'Set AllowedOrigins to the origins of your pages.',
          evidence: [show(bucket, `CorsConfiguration.CorsRules.${index}`)],
        });
      }
  },
});

/**
 * Response headers policies: removes, then adds; what an origin sent stays unless the policy overrides it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
import type {
  ResponseHeadersPolicyConfig,
  ResponseHeadersPolicyCorsConfig,
  ResponseHeadersPolicySecurityHeadersConfig,
} from '@aws-sdk/client-cloudfront';
import { compileWildcards } from '../../../../core/wildcards.ts';
import { addVary } from './compression.ts';
import { type Headers, header } from './viewer-request.ts';

type Added = readonly (readonly [name: string, value: string, override: boolean])[];

export function applyPolicy(
  policy: ResponseHeadersPolicyConfig,
  request: Headers,
  response: Headers,
): Headers {
  const headers = { ...response };
  for (const { Header } of policy.RemoveHeadersConfig?.Items ?? [])
    delete headers[(Header ?? '').toLowerCase()];
  if (policy.CorsConfig) applyCors(policy.CorsConfig, request, headers);
  const custom = (policy.CustomHeadersConfig?.Items ?? []).map(
    ({ Header = '', Value = '', Override }) => [Header.toLowerCase(), Value, Override === true] as const,
  );
  for (const [name, value, override] of [...security(policy.SecurityHeadersConfig), ...custom])
    if (override || headers[name] === undefined) headers[name] = value;
  return headers;
}

function security(config: ResponseHeadersPolicySecurityHeadersConfig | undefined): Added {
  const out: (readonly [string, string, boolean])[] = [];
  const add = (
    name: string,
    part: { Override?: boolean | undefined } | undefined,
    value: string | undefined,
  ) => {
    if (part && value !== undefined) out.push([name, value, part.Override === true]);
  };
  const { StrictTransportSecurity: hsts, XSSProtection: xss } = config ?? {};
  add(
    'content-security-policy',
    config?.ContentSecurityPolicy,
    config?.ContentSecurityPolicy?.ContentSecurityPolicy,
  );
  add('x-content-type-options', config?.ContentTypeOptions, 'nosniff');
  add('x-frame-options', config?.FrameOptions, config?.FrameOptions?.FrameOption);
  add('referrer-policy', config?.ReferrerPolicy, config?.ReferrerPolicy?.ReferrerPolicy);
  add(
    'strict-transport-security',
    hsts,
    `max-age=${hsts?.AccessControlMaxAgeSec ?? 0}${hsts?.IncludeSubdomains ? '; includeSubDomains' : ''}${hsts?.Preload ? '; preload' : ''}`,
  );
  add(
    'x-xss-protection',
    xss,
    !xss?.Protection
      ? '0'
      : xss.ModeBlock
        ? '1; mode=block'
        : xss.ReportUri
          ? `1; report=${xss.ReportUri}`
          : '1',
  );
  return out;
}

const allMethods = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS'];

function applyCors(config: ResponseHeadersPolicyCorsConfig, request: Headers, headers: Headers): void {
  const origin = header(request, 'origin');
  if (origin === undefined) return;
  const fromOrigin = Object.keys(headers).some((name) => name.startsWith('access-control-'));
  // One CORS header of the origin is enough for all of the policy's to stay out.
  if (fromOrigin && !config.OriginOverride) return;
  const origins = config.AccessControlAllowOrigins?.Items ?? [];
  if (!origins.some((allowed) => originMatches(allowed, origin))) return;
  for (const name of Object.keys(headers)) if (name.startsWith('access-control-')) delete headers[name];
  const any = origins.includes('*') && !config.AccessControlAllowCredentials;
  headers['access-control-allow-origin'] = any ? '*' : origin;
  if (!any) headers.vary = addVary(header(headers, 'vary'), 'Origin');
  if (config.AccessControlAllowCredentials) headers['access-control-allow-credentials'] = 'true';
  const exposed = config.AccessControlExposeHeaders?.Items ?? [];
  if (exposed.length > 0) headers['access-control-expose-headers'] = exposed.join(', ');
  if (header(request, 'access-control-request-method') === undefined) return;
  const methods: readonly string[] = config.AccessControlAllowMethods?.Items ?? [];
  headers['access-control-allow-methods'] = (methods.includes('ALL') ? allMethods : methods).join(', ');
  const allowed = config.AccessControlAllowHeaders?.Items ?? [];
  if (allowed.length > 0) headers['access-control-allow-headers'] = allowed.join(', ');
  if (config.AccessControlMaxAgeSec !== undefined)
    headers['access-control-max-age'] = String(config.AccessControlMaxAgeSec);
}

/** `*`, an origin, or one with a wildcard: `https://*.example.com`. */
function originMatches(allowed: string, origin: string): boolean {
  if (allowed === '*' || allowed === origin) return true;
  // An allowed origin may leave out its scheme.
  const schemes = allowed.includes('://') ? [''] : ['http://', 'https://'];
  return schemes.some((scheme) => compileWildcards(scheme + allowed)(origin));
}

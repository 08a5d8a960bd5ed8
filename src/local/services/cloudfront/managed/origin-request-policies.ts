/** AWS's own origin request policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
import type { OriginRequestPolicyConfig, OriginRequestPolicyHeadersConfig } from '@aws-sdk/client-cloudfront';
import { quantified } from '../context.ts';

const policy = (
  name: string,
  headers: OriginRequestPolicyHeadersConfig['HeaderBehavior'],
  named: readonly string[],
  everything: boolean,
): OriginRequestPolicyConfig => ({
  Name: `Managed-${name}`,
  Comment: '',
  HeadersConfig: { HeaderBehavior: headers, ...(named.length > 0 ? { Headers: quantified(named) } : {}) },
  CookiesConfig: { CookieBehavior: everything ? 'all' : 'none' },
  QueryStringsConfig: { QueryStringBehavior: everything ? 'all' : 'none' },
});

const preflight = ['Origin', 'Access-Control-Request-Headers', 'Access-Control-Request-Method'];

/** The CloudFront headers of June 2022. */
const cloudFrontHeaders = [
  'CloudFront-Forwarded-Proto',
  'CloudFront-Is-Android-Viewer',
  'CloudFront-Is-Desktop-Viewer',
  'CloudFront-Is-IOS-Viewer',
  'CloudFront-Is-Mobile-Viewer',
  'CloudFront-Is-SmartTV-Viewer',
  'CloudFront-Is-Tablet-Viewer',
  'CloudFront-Viewer-Address',
  'CloudFront-Viewer-ASN',
  'CloudFront-Viewer-City',
  'CloudFront-Viewer-Country',
  'CloudFront-Viewer-Country-Name',
  'CloudFront-Viewer-Country-Region',
  'CloudFront-Viewer-Country-Region-Name',
  'CloudFront-Viewer-Http-Version',
  'CloudFront-Viewer-Latitude',
  'CloudFront-Viewer-Longitude',
  'CloudFront-Viewer-Metro-Code',
  'CloudFront-Viewer-Postal-Code',
  'CloudFront-Viewer-Time-Zone',
  'CloudFront-Viewer-TLS',
];

export const managedOriginRequestPolicies: Readonly<Record<string, OriginRequestPolicyConfig>> = {
  '216adef6-5c7f-47e4-b989-5492eafa07d3': policy('AllViewer', 'allViewer', [], true),
  '33f36d7e-f396-46d9-90e0-52428a34d9dc': policy(
    'AllViewerAndCloudFrontHeaders-2022-06',
    'allViewerAndWhitelistCloudFront',
    cloudFrontHeaders,
    true,
  ),
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': policy('AllViewerExceptHostHeader', 'allExcept', ['Host'], true),
  '59781a5b-3903-41f3-afcb-af62929ccde1': policy('CORS-CustomOrigin', 'whitelist', ['Origin'], false),
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': policy('CORS-S3Origin', 'whitelist', preflight, false),
  '775133bc-15f2-49f9-abea-afb2e0bf67d2': {
    ...policy(
      'Elemental-MediaTailor-PersonalizedManifests',
      'whitelist',
      [...preflight, 'User-Agent', 'X-Forwarded-For'],
      false,
    ),
    QueryStringsConfig: { QueryStringBehavior: 'all' },
  },
  'bf0718e1-ba1e-49d1-88b1-f726733018ae': policy('HostHeaderOnly', 'whitelist', ['Host'], false),
  'acba4595-bd28-49b8-b9fe-13317c0390fa': policy(
    'UserAgentRefererHeaders',
    'whitelist',
    ['User-Agent', 'Referer'],
    false,
  ),
};

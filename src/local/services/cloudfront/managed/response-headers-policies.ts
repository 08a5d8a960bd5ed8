/** AWS's own response headers policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
import type {
  ResponseHeadersPolicyConfig,
  ResponseHeadersPolicyCorsConfig,
  ResponseHeadersPolicySecurityHeadersConfig,
} from '@aws-sdk/client-cloudfront';

const one = <T extends string>(value: T) => ({ Quantity: 1, Items: [value] });

const simple: ResponseHeadersPolicyCorsConfig = {
  AccessControlAllowOrigins: one('*'),
  AccessControlAllowHeaders: one('*'),
  AccessControlAllowMethods: { Quantity: 2, Items: ['GET', 'HEAD'] },
  AccessControlAllowCredentials: false,
  OriginOverride: false,
};

const preflight: ResponseHeadersPolicyCorsConfig = {
  ...simple,
  AccessControlAllowMethods: {
    Quantity: 7,
    Items: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
  },
  AccessControlExposeHeaders: one('*'),
};

const security: ResponseHeadersPolicySecurityHeadersConfig = {
  XSSProtection: { Override: false, Protection: true, ModeBlock: true },
  FrameOptions: { Override: false, FrameOption: 'SAMEORIGIN' },
  ReferrerPolicy: { Override: false, ReferrerPolicy: 'strict-origin-when-cross-origin' },
  ContentTypeOptions: { Override: true },
  StrictTransportSecurity: { Override: false, AccessControlMaxAgeSec: 31_536_000 },
};

const policy = (
  name: string,
  parts: Pick<ResponseHeadersPolicyConfig, 'CorsConfig' | 'SecurityHeadersConfig'>,
): ResponseHeadersPolicyConfig => ({ Name: `Managed-${name}`, Comment: '', ...parts });

export const managedResponseHeadersPolicies: Readonly<Record<string, ResponseHeadersPolicyConfig>> = {
  '60669652-455b-4ae9-85a4-c4c02393f86c': policy('SimpleCORS', { CorsConfig: simple }),
  '5cc3b908-e619-4b99-88e5-2cf7f45965bd': policy('CORS-With-Preflight', { CorsConfig: preflight }),
  '67f7725c-6f97-4210-82d7-5512b31e9d03': policy('SecurityHeadersPolicy', {
    SecurityHeadersConfig: security,
  }),
  'e61eb60c-9c35-4d20-a928-2b84e02af89c': policy('CORS-and-SecurityHeadersPolicy', {
    CorsConfig: simple,
    SecurityHeadersConfig: security,
  }),
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63': policy('CORS-with-preflight-and-SecurityHeadersPolicy', {
    CorsConfig: preflight,
    SecurityHeadersConfig: security,
  }),
};

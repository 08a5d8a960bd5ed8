/**
 * Amazon CloudFront: distributions that serve buckets and APIs of this cloud through one edge location and its
 * cache, CloudFront Functions, policies, invalidations. Refused by name: Lambda@Edge, signed URLs, field-level
 * encryption, geo restrictions, continuous deployment, key value stores, origins outside this cloud.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { createContext } from './context.ts';
import { domainName, serve } from './delivery/serve.ts';
import * as operations from './operations/index.ts';
import { cachePolicies } from './policies/cache-policies.ts';
import { originAccessControls } from './policies/origin-access-controls.ts';
import { originRequestPolicies } from './policies/origin-request-policies.ts';
import { responseHeadersPolicies } from './policies/response-headers-policies.ts';
import { policyOperations } from './policy-kind.ts';
import { cachePolicy } from './resources/cache-policy.ts';
import { distribution } from './resources/distribution.ts';
import { cloudFrontFunction } from './resources/function.ts';
import { originAccessControl } from './resources/origin-access-control.ts';
import { originRequestPolicy } from './resources/origin-request-policy.ts';
import { responseHeadersPolicy } from './resources/response-headers-policy.ts';

export function createCloudFront(env: ServiceEnvironment): Service {
  const context = createContext(env);
  return {
    operations: [
      ...Object.values(operations).map((create) => create(context)),
      ...policyOperations(context, cachePolicies),
      ...policyOperations(context, originRequestPolicies),
      ...policyOperations(context, responseHeadersPolicies),
      ...policyOperations(context, originAccessControls),
    ],
    resourceTypes: [
      cachePolicy,
      cloudFrontFunction,
      distribution,
      originAccessControl,
      originRequestPolicy,
      responseHeadersPolicy,
    ],
    serve: (request) => serve(context, request),
    serves: ({ host }) => context.domains.has(domainName(host)),
  };
}

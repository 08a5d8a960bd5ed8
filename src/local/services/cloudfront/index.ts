/**
 * Amazon CloudFront: distributions that serve buckets and APIs of this cloud through one edge location and its
 * cache, CloudFront Functions, policies, invalidations. Refused by name: Lambda@Edge, signed URLs, field-level
 * encryption, geo restrictions, continuous deployment, key value stores, origins outside this cloud.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { createContext } from './context.ts';
import { serve } from './delivery/serve.ts';
import { createDistribution } from './operations/create-distribution.ts';
import { createDistributionWithTags } from './operations/create-distribution-with-tags.ts';
import { createFunction } from './operations/create-function.ts';
import { createInvalidation } from './operations/create-invalidation.ts';
import { deleteDistribution } from './operations/delete-distribution.ts';
import { deleteFunction } from './operations/delete-function.ts';
import { describeFunction } from './operations/describe-function.ts';
import { getDistribution } from './operations/get-distribution.ts';
import { getDistributionConfig } from './operations/get-distribution-config.ts';
import { getFunction } from './operations/get-function.ts';
import { getInvalidation } from './operations/get-invalidation.ts';
import { listDistributions } from './operations/list-distributions.ts';
import { listFunctions } from './operations/list-functions.ts';
import { listInvalidations } from './operations/list-invalidations.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { publishFunction } from './operations/publish-function.ts';
import { tagResource } from './operations/tag-resource.ts';
import { testFunction } from './operations/test-function.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateDistribution } from './operations/update-distribution.ts';
import { updateFunction } from './operations/update-function.ts';
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
      createDistribution(context),
      createDistributionWithTags(context),
      getDistribution(context),
      getDistributionConfig(context),
      listDistributions(context),
      updateDistribution(context),
      deleteDistribution(context),
      createInvalidation(context),
      getInvalidation(context),
      listInvalidations(context),
      createFunction(context),
      updateFunction(context),
      publishFunction(context),
      describeFunction(context),
      getFunction(context),
      deleteFunction(context),
      listFunctions(context),
      testFunction(context),
      tagResource(context),
      untagResource(context),
      listTagsForResource(context),
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
  };
}

/**
 * Where buckets are. The first region is the only one that is not named.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucketConfiguration.html
 */
import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import { globalRegion, regions } from '../../../core/regions.ts';
import { AwsError, type Call } from '../../service.ts';
import type { BucketRecord } from './buckets.ts';

export const isLocationConstraint = (region: string): region is BucketLocationConstraint =>
  region !== globalRegion;

/**
 * The region that a new bucket is made in. What is sent to the first region may name any other; elsewhere the bucket
 * is made where the request was sent to. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export function newLocation(constraint: string | undefined, sentTo: string): string {
  const region = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (region === globalRegion || (region !== undefined && !regions.has(region)))
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: constraint,
    });
  const location = region ?? globalRegion;
  if (sentTo !== globalRegion && location !== sentTo)
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  return location;
}

/**
 * What a request is answered that was sent to another region than the bucket's. Calls between services find it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export function wrongRegion({ name, region }: BucketRecord, call: Call): AwsError | undefined {
  const { http } = call;
  if (!http || call.accessKeyId === undefined || http.signedV2 || call.scope.region === region)
    return undefined;
  // The global endpoint passes the request on, and the signature then is for the wrong region.
  if (/(?:^|\.)s3\.amazonaws\.com$/.test(http.host))
    return new AwsError(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; the region '${call.scope.region}' is wrong; expecting '${region}'`,
      400,
      { Region: region },
    );
  return new AwsError(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    301,
    { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
  );
}

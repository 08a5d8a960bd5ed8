import { type PolicyDocument, PolicyError, parsePolicy } from '../../../../iam/index.ts';
import { AwsError, operation, thrownBy } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import { bucketArn } from '../arn.ts';
import type { S3Context } from '../context.ts';
import { actionProblem } from '../policy-actions.ts';
import { isPublicPolicy } from '../public-access.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy = (ctx: S3Context) =>
  operation('s3', 'PutBucketPolicy', {
    accepts: [
      'Bucket',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
      'Policy',
      'ConfirmRemoveSelfBucketAccess',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketPolicy'),
    problems: ({ Policy = '' }) => thrownBy(() => read(Policy)),
    handle(input, call) {
      const bucket = ctx.buckets.get(input.Bucket);
      const text = input.Policy ?? '';
      if (Buffer.byteLength(text) > 20_480)
        throw new AwsError('PolicyTooLarge', 'Policy exceeds the maximum allowed document size.');
      const document = read(text);
      checkResources(document, bucketArn(bucket.name));
      if (ctx.env.unknownPrincipals(document).length > 0) throw malformed('Invalid principal in policy');
      if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(document))
        throw new AwsError(
          'AccessDenied',
          `User: ${call.caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket.name)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
          403,
        );
      ctx.buckets.change(bucket.name, { policy: text });
      return {};
    },
  });

function readJson(text: string): unknown {
  try {
    return text.startsWith('{') ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

const malformed = (message: string) => new AwsError('MalformedPolicy', message);

function read(text: string): PolicyDocument {
  const json = readJson(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (!('Statement' in json)) throw malformed('Missing required field Statement');
  let document: PolicyDocument;
  try {
    document = parsePolicy(text, 'resource');
  } catch (error) {
    if (error instanceof PolicyError) throw malformed(error.message);
    throw error;
  }
  for (const statement of [document.Statement].flat()) {
    const problem = actionProblem(statement);
    if (problem) throw malformed(problem);
  }
  return document;
}

function checkResources(document: PolicyDocument, arn: string): void {
  for (const { Resource, NotResource } of [document.Statement].flat())
    for (const resource of [Resource ?? NotResource ?? []].flat())
      if (
        resource !== '*' &&
        resource !== arn &&
        !resource.startsWith(`${arn}/`) &&
        !/^arn:aws:s3:::[^/]*[*?]/.test(resource)
      )
        throw malformed('Policy has invalid resource');
}

import { operation, unsupported } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** Only the default. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html */
export const putBucketRequestPayment = (ctx: S3Context) =>
  operation('s3', 'PutBucketRequestPayment', {
    accepts: [
      'Bucket',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
      'RequestPaymentConfiguration',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketRequestPayment'),
    handle(input) {
      const payer = input.RequestPaymentConfiguration?.Payer;
      if (payer !== 'BucketOwner') throw unsupported(`the payer ${payer} of s3:PutBucketRequestPayment`);
      return {};
    },
  });

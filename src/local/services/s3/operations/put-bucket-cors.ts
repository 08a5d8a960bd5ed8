import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { invalidRequest, malformedXml } from '../errors.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const putBucketCors = (ctx: S3Context) =>
  operation('s3', 'PutBucketCors', {
    accepts: ['Bucket', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner', 'CORSConfiguration'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketCORS'),
    handle(input) {
      const rules = input.CORSConfiguration?.CORSRules ?? [];
      if (rules.length === 0 || rules.length > 100) throw malformedXml();
      for (const rule of rules) {
        if (!rule.AllowedOrigins?.length || !rule.AllowedMethods?.length) throw malformedXml();
        for (const method of rule.AllowedMethods)
          if (!['GET', 'PUT', 'HEAD', 'POST', 'DELETE'].includes(method))
            throw invalidRequest(
              `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
            );
        for (const [name, values] of [
          ['AllowedOrigin', rule.AllowedOrigins],
          ['AllowedHeader', rule.AllowedHeaders ?? []],
        ] as const)
          for (const value of values)
            if (value.split('*').length > 2)
              throw invalidRequest(`${name} "${value}" can not have more than one wildcard.`);
      }
      ctx.buckets.change(input.Bucket, { cors: rules });
      return {};
    },
  });

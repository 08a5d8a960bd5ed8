import type { HeadObjectCommandInput, HeadObjectOutput } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { type ReadInput, readNames, readObject } from '../read-object.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject = (ctx: S3Context) =>
  operation<HeadObjectCommandInput & ReadInput, HeadObjectOutput>({
    name: 'HeadObject',
    accepts: readNames,
    access: (input, call) => readCheck(ctx, input, call),
    handle: (input, call) => readObject(ctx, input, call, 'HEAD').answer as HeadObjectOutput,
  });

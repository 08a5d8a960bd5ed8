import type { HeadObjectOutput } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { readNames, readObject } from '../read-object.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject = (ctx: S3Context) =>
  operation('s3', 'HeadObject', {
    accepts: readNames,
    access: (input, call) => readCheck(ctx, input, call),
    handle: (input, call) => readObject(ctx, input, call, 'HEAD').answer as HeadObjectOutput,
  });

import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { readNames, readObject } from '../read-object.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = (ctx: S3Context) =>
  operation('s3', 'GetObject', {
    accepts: readNames,
    access: (input, call) => readCheck(ctx, input, call),
    handle(input, call) {
      const { version, span, answer } = readObject(ctx, input, call, 'GET');
      ctx.meter.out(input.Bucket ?? '', span.end - span.start);
      return { ...answer, Body: ctx.bodies.read(version.pieces, span.start, span.end) };
    },
  });

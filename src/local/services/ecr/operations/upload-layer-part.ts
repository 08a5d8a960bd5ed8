import { appendFileSync, truncateSync } from 'node:fs';
import { AwsError, operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { uploadNotFound } from '../errors.ts';

/** Parts come in order. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html */
export const uploadLayerPart = (context: EcrContext) =>
  operation('ecr', 'UploadLayerPart', {
    accepts: 'all',
    access: (input) => context.check('UploadLayerPart', input.repositoryName, input.registryId),
    handle(input) {
      const { repositoryName = '', uploadId = '', partFirstByte: first = 0, partLastByte: last = 0 } = input;
      context.repository(repositoryName);
      const upload = context.uploads.get(uploadId);
      if (upload?.repositoryName !== repositoryName) throw uploadNotFound(uploadId);
      const data = input.layerPartBlob ?? new Uint8Array();
      if (first !== upload.received || last - first + 1 !== data.length)
        throw new AwsError(
          'InvalidLayerPartException',
          `Layer part has invalid first byte: got ${first} to ${last} with ${data.length} bytes, expected to go on at ${upload.received}`,
          400,
          {
            repositoryName,
            uploadId,
            registryId: context.env.accountId,
            lastValidByteReceived: upload.received - 1,
          },
        );
      // A part that was written without being recorded (the process died between) is cut off again.
      truncateSync(context.uploadFile(uploadId), upload.received);
      appendFileSync(context.uploadFile(uploadId), data);
      context.uploads.put(uploadId, { ...upload, received: last + 1 });
      return { registryId: context.env.accountId, repositoryName, uploadId, lastByteReceived: last };
    },
  });

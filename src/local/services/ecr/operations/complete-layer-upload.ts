import { createHash } from 'node:crypto';
import { createReadStream, renameSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AwsError, operation } from '../../../service.ts';
import { type EcrContext, removeFile } from '../context.ts';
import { invalidParameter, uploadNotFound } from '../errors.ts';
import { mediaTypes } from '../manifest.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html */
export const completeLayerUpload = (context: EcrContext) =>
  operation('ecr', 'CompleteLayerUpload', {
    accepts: 'all',
    access: (input) => context.check('CompleteLayerUpload', input.repositoryName, input.registryId),
    async handle({ repositoryName = '', uploadId = '', layerDigests = [] }) {
      context.repository(repositoryName);
      const upload = context.uploads.get(uploadId);
      if (upload?.repositoryName !== repositoryName) throw uploadNotFound(uploadId);
      const [expected, ...more] = layerDigests;
      if (!expected || more.length > 0) throw invalidParameter('Exactly one layer digest must be given');
      if (upload.received === 0)
        throw new AwsError('EmptyUploadException', `The upload '${uploadId}' holds no layer parts`);
      const file = context.uploadFile(uploadId);
      const hash = createHash('sha256');
      await pipeline(createReadStream(file, { end: upload.received - 1 }), hash);
      const layerDigest = `sha256:${hash.digest('hex')}`;
      if (layerDigest !== expected)
        throw new AwsError(
          'InvalidLayerException',
          `Layer digest does not match: got ${layerDigest}, expected ${expected}`,
        );
      if (context.layers.has([repositoryName, layerDigest])) {
        removeFile(file);
        context.uploads.delete(uploadId);
        throw new AwsError(
          'LayerAlreadyExistsException',
          `The layer with digest '${layerDigest}' already exists in the repository with name '${repositoryName}'`,
        );
      }
      renameSync(file, context.layerFile(layerDigest));
      context.env.store.transaction(() => {
        context.layers.put([repositoryName, layerDigest], upload.received);
        context.uploads.delete(uploadId);
      });
      return {
        registryId: context.env.accountId,
        repositoryName,
        uploadId,
        layerDigest,
        mediaType: mediaTypes.layer,
      };
    },
  });

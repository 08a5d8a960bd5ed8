import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html */
export const initiateLayerUpload = (context: EcrContext) =>
  operation('ecr', 'InitiateLayerUpload', {
    accepts: 'all',
    access: (input) => context.check('InitiateLayerUpload', input.repositoryName, input.registryId),
    handle({ repositoryName = '' }) {
      context.repository(repositoryName);
      const id = randomUUID();
      writeFileSync(context.uploadFile(id), '');
      context.uploads.put(id, { repositoryName, id, received: 0, createdAt: context.env.clock.now() });
      return { uploadId: id, partSize: 10 * 1024 * 1024 };
    },
  });

/** ECR: without its image no task starts, so it stands behind every container. */
import { spread } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { unfelt } from '../ways.ts';

export const imageRepository: ComponentModel = {
  types: ['AWS::ECR::Repository'],
  read: () => ({
    kind: 'object-store',
    label: 'image repository',
    // Images can be built again from their source.
    data: 'rebuildable',
    ways: [
      unfelt(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'keeps images in S3 over several zones',
        spread.generic('AmazonECR/latest/userguide/disaster-recovery-resiliency.html'),
      ),
    ],
  }),
};

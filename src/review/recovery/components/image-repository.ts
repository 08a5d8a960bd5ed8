/** ECR repositories: a task cannot start without its image. */
import { severalZones } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { unaffected } from '../options.ts';

export const imageRepository: ComponentModel = {
  types: ['AWS::ECR::Repository'],
  read: () => ({
    kind: 'object-store',
    label: 'image repository',
    // Images can be built again from their source.
    data: 'rebuildable',
    options: [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'keeps images in S3 over several zones',
        severalZones.generic('AmazonECR/latest/userguide/disaster-recovery-resiliency.html'),
      ),
    ],
  }),
};

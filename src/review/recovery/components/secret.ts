/** Secrets, parameters and keys: small, replicated in the region, and everything stops without them. */
import { listAt, textAt } from '../../../architecture/index.ts';
import { fact, losses, spread, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { keeps, keptByPolicy } from '../stored.ts';
import { byHand, byItself, unfelt } from '../ways.ts';

export const secret: ComponentModel = {
  types: ['AWS::SecretsManager::Secret'],
  read: (resource) => {
    const regions = listAt(resource.properties, 'ReplicaRegions').map((replica) =>
      String(textAt(replica, 'Region')),
    );
    const page = 'secretsmanager/latest/userguide/disaster-recovery-resiliency.html';
    return {
      kind: 'secret',
      label: 'secret',
      data: 'kept',
      ways: [
        unfelt(['lost-instance', 'lost-zone'], 'is kept in several zones', spread.generic(page)),
        byHand(
          ['software-fault'],
          'keeps its previous version (AWSPREVIOUS), which a person makes current',
          [steps.secretRestored],
          null,
          [
            fact(
              'the previous version stays until the next change',
              'secretsmanager/latest/userguide/whats-in-a-secret.html',
            ),
          ],
        ),
        byHand(['deleted'], 'can be restored while its recovery window lasts', [steps.secretRestored], null, [
          steps.secretRestored.basis,
        ]),
        ...(regions.length > 0
          ? [byItself(['lost-region'], `has replicas in ${regions.join(', ')}`, [], null, [losses.versions])]
          : []),
      ],
    };
  },
};

export const key: ComponentModel = {
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  read: (resource) => ({
    kind: 'secret',
    label: 'KMS key',
    data: 'kept',
    ways: [
      unfelt(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is kept by AWS in several zones',
        spread.generic('kms/latest/developerguide/disaster-recovery-resiliency.html'),
      ),
      byHand(
        ['deleted'],
        'waits before it is deleted; until then the deletion can be cancelled',
        [steps.keyRestored],
        null,
        [steps.keyRestored.basis],
      ),
      ...(keeps(resource) ? [keptByPolicy(resource)] : []),
      ...(resource.properties.MultiRegion === true &&
      resource.usedBy.some(({ to }) => to.type === 'AWS::KMS::ReplicaKey')
        ? [
            unfelt(
              ['lost-region'],
              'has a replica key in another region',
              spread.generic('kms/latest/developerguide/multi-region-keys-overview.html'),
            ),
          ]
        : []),
    ],
  }),
};

export const parameter: ComponentModel = {
  types: ['AWS::SSM::Parameter'],
  read: () => ({
    kind: 'secret',
    label: 'parameter',
    data: 'rebuildable',
    ways: [
      unfelt(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is kept in several zones, and its value is in the template',
        spread.generic('systems-manager/latest/userguide/disaster-recovery-resiliency.html'),
      ),
    ],
  }),
};

/** Secrets, parameters and keys. AWS keeps them in several zones of the region. */
import { listAt, textAt } from '../../../architecture/index.ts';
import { fact, losses, severalZones, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { automatic, manual, unaffected } from '../options.ts';
import { isRetained, retainedByPolicy } from '../stored-data.ts';

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
      options: [
        unaffected(['lost-instance', 'lost-zone'], 'is kept in several zones', severalZones.generic(page)),
        manual(
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
        manual(['deleted'], 'can be restored while its recovery window lasts', [steps.secretRestored], null, [
          steps.secretRestored.basis,
        ]),
        ...(regions.length > 0
          ? [automatic(['lost-region'], `has replicas in ${regions.join(', ')}`, [], null, [losses.versions])]
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
    options: [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is kept by AWS in several zones',
        severalZones.generic('kms/latest/developerguide/disaster-recovery-resiliency.html'),
      ),
      manual(
        ['deleted'],
        'waits before it is deleted; until then the deletion can be cancelled',
        [steps.keyRestored],
        null,
        [steps.keyRestored.basis],
      ),
      ...(isRetained(resource) ? [retainedByPolicy(resource)] : []),
      ...(resource.properties.MultiRegion === true &&
      resource.usedBy.some(({ to }) => to.type === 'AWS::KMS::ReplicaKey')
        ? [
            unaffected(
              ['lost-region'],
              'has a replica key in another region',
              severalZones.generic('kms/latest/developerguide/multi-region-keys-overview.html'),
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
    options: [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is kept in several zones, and its value is in the template',
        severalZones.generic('systems-manager/latest/userguide/disaster-recovery-resiliency.html'),
      ),
    ],
  }),
};

/** Secrets and keys in a second region. */
import { guess, severalZones } from '../figures.ts';
import { automatic, unaffected } from '../options.ts';
import { type Change, proposalFor } from './model.ts';

export const secretReplica: Change = {
  id: 'secret-replica',
  propose: (component) => {
    const { resource } = component;
    if (component.options.some((option) => option.scenarios.includes('lost-region') && !option.needsPerson))
      return undefined;
    const added = { figure: 'one in the second region', source: 'this change', assumed: false };
    if (resource.type === 'AWS::SecretsManager::Secret')
      return proposalFor(
        'secret-replica',
        component,
        {
          title: `Replicate ${component.resource.name} to another region`,
          how: 'ReplicaRegions: [{ Region }] (CDK: replicaRegions)',
          prices: [{ priceId: 'secrets-manager.secret', what: 'the replica', quantity: 1, basis: added }],
        },
        [
          automatic(['lost-region'], 'has a replica in another region', [], null, [
            guess('a change is copied within seconds'),
          ]),
        ],
      );
    if (resource.type === 'AWS::KMS::Key')
      return proposalFor(
        'secret-replica',
        component,
        {
          title: `Make ${component.resource.name} a multi-region key with a replica`,
          how: 'A new key with MultiRegion: true and an AWS::KMS::ReplicaKey in the other region; a key cannot be changed into one',
          prices: [{ priceId: 'kms.key', what: 'the replica key', quantity: 1, basis: added }],
        },
        [
          unaffected(
            ['lost-region'],
            'has a replica key in another region',
            severalZones.generic('kms/latest/developerguide/multi-region-keys-overview.html'),
          ),
        ],
      );
    return undefined;
  },
};

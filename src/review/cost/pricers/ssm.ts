/** Parameters: https://aws.amazon.com/systems-manager/pricing/ */
import { textAt } from '../../../architecture/index.ts';
import { constant } from '../amount.ts';
import { freeOfCharge, line, type Pricer, unpriced } from './model.ts';

export const ssmParameter: Pricer = {
  types: ['AWS::SSM::Parameter'],
  items: (parameter) => {
    const tier = textAt(parameter.properties, 'Tier') ?? 'Standard';
    if (tier === 'Advanced') return [line('ssm.parameter.advanced', constant(1, 'parameter'))];
    if (tier === 'Standard')
      return [
        freeOfCharge('standard parameters cost nothing', 'https://aws.amazon.com/systems-manager/pricing/'),
      ];
    return [unpriced('The parameter', 'its tier depends on its size', undefined, 'unresolved')];
  },
};

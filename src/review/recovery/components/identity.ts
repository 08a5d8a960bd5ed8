/** Cognito: accounts of users exist nowhere else, and no backup of passwords can be taken. */
import { isUnresolved, textAt } from '../../../architecture/index.ts';
import { fact, guess, losses, part, spread } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { guarded, noCopyOf } from '../stored.ts';
import { byHand, unfelt } from '../ways.ts';

export const userPool: ComponentModel = {
  types: ['AWS::Cognito::UserPool'],
  read: (resource) => {
    const guard = textAt(resource.properties, 'DeletionProtection');
    return {
      kind: 'identity',
      label: 'user pool',
      data: 'kept',
      ways: [
        unfelt(
          ['lost-instance', 'lost-zone'],
          'is run by AWS over several zones',
          spread.generic('cognito/latest/developerguide/disaster-recovery-resiliency.html'),
        ),
        byHand(
          ['software-fault'],
          'is mended by hand, user by user: Cognito keeps no backup',
          [part('a person mends the accounts', 1_800, 14_400, guess('30 min to 4 h'))],
          'all-data',
          [
            losses.noCopy,
            fact(
              'users can be imported from a file, their passwords cannot',
              'cognito/latest/developerguide/cognito-user-pools-using-import-tool.html',
            ),
          ],
        ),
        noCopyOf(['lost-region']),
        ...(guard === 'ACTIVE' ? [guarded(`${resource.id}/Properties/DeletionProtection`)] : []),
      ],
      doubts: isUnresolved(guard) ? [{ for: ['deleted'], what: guard.reason }] : [],
    };
  },
};

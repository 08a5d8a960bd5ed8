/** Cognito user pools. AWS offers no backup of them, and passwords cannot be exported. */
import { isUnresolved, textAt } from '../../../architecture/index.ts';
import { fact, guess, losses, part, severalZones } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { manual, unaffected } from '../options.ts';
import { protectedFromDeletion, withoutCopy } from '../stored-data.ts';

export const userPool: ComponentModel = {
  types: ['AWS::Cognito::UserPool'],
  read: (resource) => {
    const guard = textAt(resource.properties, 'DeletionProtection');
    return {
      kind: 'identity',
      label: 'user pool',
      data: 'kept',
      options: [
        unaffected(
          ['lost-instance', 'lost-zone'],
          'is run by AWS over several zones',
          severalZones.generic('cognito/latest/developerguide/disaster-recovery-resiliency.html'),
        ),
        manual(
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
        withoutCopy(['lost-region']),
        ...(guard === 'ACTIVE'
          ? [protectedFromDeletion(`${resource.id}/Properties/DeletionProtection`)]
          : []),
      ],
      doubts: isUnresolved(guard) ? [{ scenarios: ['deleted'], what: guard.reason }] : [],
    };
  },
};

import { operation } from '../../../service.ts';
import { findRole, type IamContext, onRole } from '../context.ts';

/**
 * There are no instance profiles here; clients ask before they delete a role.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html
 */
export const listInstanceProfilesForRole = (context: IamContext) =>
  operation('iam', 'ListInstanceProfilesForRole', {
    accepts: 'all',
    access: onRole(context, 'ListInstanceProfilesForRole'),
    handle(input) {
      findRole(context, input.RoleName);
      return { InstanceProfiles: [], IsTruncated: false };
    },
  });

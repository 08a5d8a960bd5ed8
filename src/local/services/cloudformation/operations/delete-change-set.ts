import { AwsError, operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { noSuchStack } from '../errors.ts';
import { stackAccess } from '../stack-requests.ts';

/** Deleting one that does not exist succeeds, as on AWS. */
export const deleteChangeSet = (context: CloudFormationContext) =>
  operation('cloudformation', 'DeleteChangeSet', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'DeleteChangeSet', input.StackName),
    handle(input) {
      const { records } = context;
      const name = input.ChangeSetName ?? '';
      if (!name.startsWith('arn:') && !records.findStack(input.StackName ?? ''))
        throw noSuchStack(input.StackName ?? '');
      for (const found of records.changeSets.values()) {
        const matches = name.startsWith('arn:')
          ? found.id === name
          : found.name === name && found.stackId === records.findStack(input.StackName ?? '')?.id;
        if (!matches) continue;
        if (found.executionStatus === 'EXECUTE_IN_PROGRESS')
          throw new AwsError('InvalidChangeSetStatus', `ChangeSet [${found.id}] is being executed`);
        records.changeSets.delete([found.stackId, found.id]);
        break;
      }
      return {};
    },
  });

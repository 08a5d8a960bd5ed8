import { AwsError, operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid, noStackNamed } from '../errors.ts';
import { isOpen } from '../records.ts';
import { stackAccess } from '../stack-requests.ts';

/** Deleting one that does not exist succeeds, as on AWS. */
export const deleteChangeSet = (context: CloudFormationContext) =>
  operation('cloudformation', 'DeleteChangeSet', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'DeleteChangeSet', input.StackName),
    handle(input) {
      const { records } = context;
      const name = input.ChangeSetName ?? '';
      if (!name.startsWith('arn:')) {
        if (!input.StackName)
          throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
        records.stack(input.StackName, noStackNamed);
      }
      for (const found of records.changeSets.values()) {
        const matches = name.startsWith('arn:')
          ? found.id === name
          : found.name === name &&
            isOpen(found) &&
            found.stackId === records.findStack(input.StackName ?? '')?.id;
        if (!matches) continue;
        if (found.executionStatus === 'EXECUTE_IN_PROGRESS')
          throw new AwsError('InvalidChangeSetStatus', `ChangeSet [${found.id}] is being executed`);
        records.changeSets.delete([found.stackId, found.id]);
        break;
      }
      return {};
    },
  });

import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid, noStackNamed } from '../errors.ts';
import { stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html */
export const cancelUpdateStack = (context: CloudFormationContext) =>
  operation('cloudformation', 'CancelUpdateStack', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'CancelUpdateStack', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '', noStackNamed);
      if (
        stack.status !== 'UPDATE_IN_PROGRESS' ||
        !context.engine.cancel(stack.id, 'Update cancelled by user. ')
      )
        throw invalid(`CancelUpdateStack cannot be called from current stack status ${stack.status}`);
      return {};
    },
  });

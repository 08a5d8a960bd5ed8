import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { noStackNamed } from '../errors.ts';
import { stackAccess } from '../stack-requests.ts';

export const updateTerminationProtection = (context: CloudFormationContext) =>
  operation('cloudformation', 'UpdateTerminationProtection', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'UpdateTerminationProtection', input.StackName),
    handle(input) {
      const { id } = context.records.stack(input.StackName ?? '', noStackNamed);
      context.records.patchStack(id, { terminationProtection: input.EnableTerminationProtection === true });
      return { StackId: id };
    },
  });

import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { stackAccess } from '../stack-requests.ts';

/** Original and processed are the same: there are no macros here. */
export const getTemplate = (context: CloudFormationContext) =>
  operation('cloudformation', 'GetTemplate', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'GetTemplate', input.StackName),
    handle(input) {
      const { records } = context;
      if (!input.StackName && !input.ChangeSetName)
        throw invalid('StackName is required if ChangeSetName is not specified.');
      if (!input.StackName && !input.ChangeSetName?.startsWith('arn:'))
        throw invalid('StackName is a required parameter.');
      const stagesAvailable = ['Original', 'Processed'] as const;
      if (input.ChangeSetName) {
        const { stackId, target } = records.changeSet(input.ChangeSetName, input.StackName);
        return {
          TemplateBody: records.template(stackId, target.templateHash),
          StagesAvailable: [...stagesAvailable],
        };
      }
      const stack = records.stack(input.StackName ?? '');
      const deployment = stack.target ?? stack.current;
      return {
        TemplateBody: deployment ? records.template(stack.id, deployment.templateHash) : '',
        StagesAvailable: [...stagesAvailable],
      };
    },
  });

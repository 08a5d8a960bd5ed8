import { parseTemplate, processed, type TransformInput } from '../../../../template/index.ts';
import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { pseudoOf } from '../deployment.ts';
import { invalid } from '../errors.ts';
import { stackAccess } from '../stack-requests.ts';

/** Processed is as AWS::LanguageExtensions leaves it; without a transform both stages are the same. */
export const getTemplate = (context: CloudFormationContext) =>
  operation('cloudformation', 'GetTemplate', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'GetTemplate', input.StackName),
    handle(input) {
      const { records, env } = context;
      if (!input.StackName && !input.ChangeSetName)
        throw invalid('StackName is required if ChangeSetName is not specified.');
      if (!input.StackName && !input.ChangeSetName?.startsWith('arn:'))
        throw invalid('StackName is a required parameter.');
      const found = input.ChangeSetName ? records.changeSet(input.ChangeSetName, input.StackName) : undefined;
      const stack = records.stack(found?.stackId ?? input.StackName ?? '');
      const deployment = found?.target ?? stack.target ?? stack.current;
      const text = deployment ? records.template(stack.id, deployment.templateHash) : '';
      return {
        TemplateBody:
          input.TemplateStage === 'Processed' && deployment
            ? processedText(text, { parameters: deployment.parameters, pseudo: pseudoOf(env, stack) })
            : text,
        StagesAvailable: ['Original' as const, 'Processed' as const],
      };
    },
  });

function processedText(text: string, input: TransformInput): string {
  const template = parseTemplate(text, input);
  return template.Transform.length > 0 ? JSON.stringify(processed(template, input)) : text;
}

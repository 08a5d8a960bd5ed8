/** The template that a request names: given with it, or that of a stack. */
import { parseTemplate, type Template } from '../../../template/index.ts';
import type { Call } from '../../service.ts';
import type { CloudFormationContext } from './context.ts';
import { asInvalid, invalid } from './errors.ts';
import { readTemplateText, type TemplateInput } from './template-source.ts';

export async function readTemplate(
  context: CloudFormationContext,
  input: TemplateInput & { readonly StackName?: string | undefined },
  call: Call,
  operation: string,
): Promise<Template> {
  try {
    if (!input.StackName)
      return parseTemplate(await readTemplateText(input, call.caller, context.env), {
        leaveOutUnknown: true,
      });
    const stack = context.records.stack(input.StackName);
    const deployment = stack.target ?? stack.current;
    if (!deployment) throw invalid(`${operation} cannot be called on ${stack.status} stacks.`);
    return parseTemplate(context.records.template(stack.id, deployment.templateHash), {
      parameters: deployment.parameters,
    });
  } catch (error) {
    throw asInvalid(error);
  }
}

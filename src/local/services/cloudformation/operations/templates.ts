/** GetTemplate, GetTemplateSummary, ValidateTemplate. */
import type {
  GetTemplateCommandInput,
  GetTemplateOutput,
  GetTemplateSummaryCommandInput,
  GetTemplateSummaryOutput,
  ValidateTemplateCommandInput,
  ValidateTemplateOutput,
} from '@aws-sdk/client-cloudformation';
import { findProblems, parseTemplate, type Template } from '../../../../template/index.ts';
import { type Call, operation } from '../../../service.ts';
import { capabilitiesOf } from '../capabilities.ts';
import type { CloudFormationContext } from '../context.ts';
import { asInvalid, invalid } from '../errors.ts';
import { readTemplateText, type TemplateInput } from '../template-source.ts';
import { stackAccess } from './shared.ts';

/** Original and processed are the same: there are no macros here. */
export const getTemplate = (context: CloudFormationContext) =>
  operation<GetTemplateCommandInput, GetTemplateOutput>({
    name: 'GetTemplate',
    accepts: 'all',
    access: (input) => stackAccess(context, 'GetTemplate', input.StackName),
    handle(input) {
      const { records } = context;
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

export const getTemplateSummary = (context: CloudFormationContext) =>
  operation<GetTemplateSummaryCommandInput, GetTemplateSummaryOutput>({
    name: 'GetTemplateSummary',
    accepts: ['StackName', 'TemplateBody', 'TemplateURL'],
    access: (input) =>
      input.StackName
        ? stackAccess(context, 'GetTemplateSummary', input.StackName)
        : { action: 'cloudformation:GetTemplateSummary', resource: '*' },
    async handle(input, call) {
      const template = await read(context, input, call);
      const { needed, reason } = capabilitiesOf(template);
      return {
        Parameters: Object.entries(template.Parameters).map(([ParameterKey, declared]) => ({
          ParameterKey,
          ...(declared.Default === undefined
            ? {}
            : { DefaultValue: declared.NoEcho ? '****' : declared.Default }),
          ParameterType: declared.Type,
          NoEcho: declared.NoEcho,
          ...(declared.Description ? { Description: declared.Description } : {}),
          ParameterConstraints: declared.AllowedValues ? { AllowedValues: [...declared.AllowedValues] } : {},
        })),
        ...(template.Description ? { Description: template.Description } : {}),
        ...(needed.length > 0 ? { Capabilities: needed, CapabilitiesReason: reason } : {}),
        ResourceTypes: [...new Set(Object.values(template.Resources).map((one) => one.Type))],
        Version: template.AWSTemplateFormatVersion ?? '2010-09-09',
        ...(Object.keys(template.Metadata).length > 0 ? { Metadata: JSON.stringify(template.Metadata) } : {}),
        DeclaredTransforms: [...template.Transform],
      };
    },
  });

export const validateTemplate = (context: CloudFormationContext) =>
  operation<ValidateTemplateCommandInput, ValidateTemplateOutput>({
    name: 'ValidateTemplate',
    accepts: 'all',
    access: () => ({ action: 'cloudformation:ValidateTemplate', resource: '*' }),
    async handle(input, call) {
      const template = await read(context, input, call);
      const problems = findProblems(template);
      if (problems.length > 0) throw invalid(problems.map((one) => one.message).join('\n'));
      const { needed, reason } = capabilitiesOf(template);
      return {
        Parameters: Object.entries(template.Parameters).map(([ParameterKey, declared]) => ({
          ParameterKey,
          ...(declared.Default === undefined
            ? {}
            : { DefaultValue: declared.NoEcho ? '****' : declared.Default }),
          NoEcho: declared.NoEcho,
          ...(declared.Description ? { Description: declared.Description } : {}),
        })),
        ...(template.Description ? { Description: template.Description } : {}),
        ...(needed.length > 0 ? { Capabilities: needed, CapabilitiesReason: reason } : {}),
        DeclaredTransforms: [...template.Transform],
      };
    },
  });

async function read(
  context: CloudFormationContext,
  input: TemplateInput & { readonly StackName?: string | undefined },
  call: Call,
): Promise<Template> {
  try {
    if (!input.StackName) return parseTemplate(await readTemplateText(input, call.caller, context.env));
    const stack = context.records.stack(input.StackName);
    const deployment = stack.target ?? stack.current;
    if (!deployment) throw invalid(`Stack ${stack.name} has no template yet`);
    return parseTemplate(context.records.template(stack.id, deployment.templateHash));
  } catch (error) {
    throw asInvalid(error);
  }
}

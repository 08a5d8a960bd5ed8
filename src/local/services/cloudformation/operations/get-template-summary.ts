import { operation } from '../../../service.ts';
import { capabilitiesOf } from '../capabilities.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { readTemplate } from '../requested-template.ts';
import { unlessEmpty } from '../shown.ts';
import { stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html */
export const getTemplateSummary = (context: CloudFormationContext) =>
  operation('cloudformation', 'GetTemplateSummary', {
    accepts: ['StackName', 'TemplateBody', 'TemplateURL'],
    access: (input) =>
      input.StackName
        ? stackAccess(context, 'GetTemplateSummary', input.StackName)
        : { action: 'cloudformation:GetTemplateSummary', resource: '*' },
    async handle(input, call) {
      const template = await readTemplate(context, input, call, 'GetTemplateSummary');
      if (Object.keys(template.Resources).length === 0)
        throw invalid('Template format error: At least one Resources member must be defined.');
      const byType = new Map<string, string[]>();
      for (const [id, { Type }] of Object.entries(template.Resources))
        byType.set(Type, [...(byType.get(Type) ?? []), id]);
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
        ResourceTypes: [...byType.keys()],
        Version: template.AWSTemplateFormatVersion ?? '2010-09-09',
        ...(Object.keys(template.Metadata).length > 0 ? { Metadata: JSON.stringify(template.Metadata) } : {}),
        DeclaredTransforms: unlessEmpty([...template.Transform]),
        ResourceIdentifierSummaries: [...byType].map(([ResourceType, LogicalResourceIds]) => ({
          ResourceType,
          LogicalResourceIds,
        })),
      };
    },
  });

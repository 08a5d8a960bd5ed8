import { analyse } from '../../../../template/index.ts';
import { operation } from '../../../service.ts';
import { capabilitiesOf } from '../capabilities.ts';
import type { CloudFormationContext } from '../context.ts';
import { asInvalid } from '../errors.ts';
import { readTemplate } from '../requested-template.ts';
import { unlessEmpty } from '../shown.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html */
export const validateTemplate = (context: CloudFormationContext) =>
  operation('cloudformation', 'ValidateTemplate', {
    accepts: 'all',
    access: () => ({ action: 'cloudformation:ValidateTemplate', resource: '*' }),
    async handle(input, call) {
      const template = await readTemplate(context, input, call, 'ValidateTemplate');
      try {
        analyse(template);
      } catch (error) {
        throw asInvalid(error);
      }
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
        DeclaredTransforms: unlessEmpty([...template.Transform]),
      };
    },
  });

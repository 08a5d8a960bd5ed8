import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { validated } from '../machine-definition.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
export const validateStateMachineDefinition = (_context: StatesContext) =>
  operation('states', 'ValidateStateMachineDefinition', {
    accepts: 'all',
    access: () => ({ action: 'states:ValidateStateMachineDefinition', resource: '*' }),
    handle({ definition = '', type = 'STANDARD', maxResults }) {
      const { diagnostics } = validated(definition, type === 'EXPRESS' ? 'EXPRESS' : 'STANDARD');
      const most = maxResults || 100;
      return {
        result: diagnostics.length === 0 ? ('OK' as const) : ('FAIL' as const),
        diagnostics: diagnostics.slice(0, most).map((one) => ({ ...one })),
        truncated: diagnostics.length > most,
      };
    },
  });

/** Can one request be followed through all parts? */
import { flagAt, textAt } from '../../../architecture/index.ts';
import { practice, survey } from '../kit.ts';
import type { Item } from '../model.ts';

export const tracing: Item = {
  id: 'tracing',
  area: 'monitoring',
  question: 'Can one request be followed through all parts?',
  next: 'TracingConfig: { Mode: Active } on functions, TracingEnabled on API stages; or correlation ids in structured logs.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_observability_dist_trace'),
  check: ({ app }) =>
    survey({
      resources: app
        .ofType('AWS::Lambda::Function', 'AWS::ApiGateway::Stage', 'AWS::StepFunctions::StateMachine')
        .filter(({ usedBy }) => !usedBy.some(({ path }) => path === '/Properties/ServiceToken')),
      what: 'functions, API stages and state machines',
      are: 'send traces',
      lacks: 'tracing is off',
      judge: ({ properties }) =>
        textAt(properties, 'TracingConfig.Mode') === 'Active' ||
        flagAt(properties, 'TracingEnabled') === true ||
        flagAt(properties, 'TracingConfiguration.Enabled') === true,
    }),
};

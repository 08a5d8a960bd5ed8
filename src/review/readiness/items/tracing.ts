/** Can one request be traced through every part of the app? */
import { flagAt, isDeploymentMachinery, textAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const tracing: Item = {
  id: 'tracing',
  area: 'monitoring',
  question: 'Can one request be traced through every part of the app?',
  next: 'TracingConfig: { Mode: Active } on functions, TracingEnabled on API stages; or correlation ids in structured logs.',
  reference: practice('operational-excellence', 'ops_observability_dist_trace'),
  check: ({ app }) =>
    survey({
      resources: app
        .ofType('AWS::Lambda::Function', 'AWS::ApiGateway::Stage', 'AWS::StepFunctions::StateMachine')
        .filter((resource) => !isDeploymentMachinery(app, resource)),
      what: 'functions, API stages and state machines',
      are: 'send traces',
      lacks: 'tracing is off',
      judge: ({ properties }) =>
        textAt(properties, 'TracingConfig.Mode') === 'Active' ||
        flagAt(properties, 'TracingEnabled') === true ||
        flagAt(properties, 'TracingConfiguration.Enabled') === true,
    }),
};

/** Recorders and rules of AWS Config: https://aws.amazon.com/config/pricing/ */
import { constant } from '../amount.ts';
import { line, type Pricer } from './model.ts';
import { assumed, monthly } from './questions.ts';

export const configRecorder: Pricer = {
  types: ['AWS::Config::ConfigurationRecorder'],
  questions: () => [
    monthly('items', 'Changes of resources it records', 'item', (flow) =>
      assumed(
        constant(4 * flow.app.resources.length, 'item'),
        'each resource of the app changes once a week',
      ),
    ),
  ],
  items: (recorder, flow) => [line('config.items', flow.of(recorder, 'items'))],
};

export const configRule: Pricer = {
  types: ['AWS::Config::ConfigRule', 'AWS::Config::ManagedRule', 'AWS::Config::OrganizationConfigRule'],
  questions: () => [
    monthly('evaluations', 'Evaluations', 'evaluation', () =>
      assumed(constant(500, 'evaluation'), 'each change of a resource in its scope, and once a day'),
    ),
  ],
  items: (rule, flow) => [line('config.rules', flow.of(rule, 'evaluations'))],
};

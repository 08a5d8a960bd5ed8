/** GuardDuty and Security Hub: https://aws.amazon.com/guardduty/pricing/ , …/security-hub/pricing/ */
import { constant } from '../amount.ts';
import { line, type Pricer, unpriced } from './model.ts';
import { assumed, monthly } from './questions.ts';

export const guardDuty: Pricer = {
  types: ['AWS::GuardDuty::Detector', 'AWS::SecurityHub::Hub'],
  questions: ({ type }) => [
    type.includes('GuardDuty')
      ? monthly('managementEvents', 'Management events that it analyzes', 'event', () =>
          assumed(constant(50_000, 'event'), 'a quiet account'),
        )
      : monthly('checks', 'Checks', 'check', (flow) =>
          assumed(constant(flow.app.resources.length * 30, 'check'), 'one a day of each resource'),
        ),
  ],
  items: (resource, flow) =>
    resource.type.includes('GuardDuty')
      ? [
          line('guardduty.cloudtrail', flow.of(resource, 'managementEvents')),
          unpriced(
            'Flow and DNS logs that it analyzes',
            'how much there is follows from traffic, which is not in the template',
            undefined,
            'unresolved',
          ),
        ]
      : [line('security-hub.checks', flow.of(resource, 'checks'))],
};

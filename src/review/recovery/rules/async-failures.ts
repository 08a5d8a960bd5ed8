/** Functions that are called asynchronously and lose the events that fail. */
import { keepsFailures, storeKind, type Trigger, triggersOf } from '../../../architecture/index.ts';
import { recoveryRule, reliabilityPillar } from './property-rule.ts';

/** The caller does not wait for the result. Secrets Manager follows the rotation of a secret itself. */
const isAsynchronous = ({ kind, from }: Trigger): boolean =>
  (kind === 'event' || kind === 'schedule') && storeKind(from) !== 'secret';

export const asyncFailures = recoveryRule({
  id: 'async-failures',
  severity: 'medium',
  title: 'Functions that are called asynchronously have a destination for failed events',
  why: 'Without one Lambda discards an event after two retries, within six hours.',
  reference: reliabilityPillar,
  check: (context) => {
    const { app } = context;
    for (const fn of app.ofType('AWS::Lambda::Function', 'AWS::Serverless::Function')) {
      const sources = triggersOf(app, fn).filter(isAsynchronous);
      if (sources.length === 0) continue;
      context.checked();
      if (keepsFailures(app, fn)) continue;
      context.found({
        resource: fn,
        title: `${fn.name} loses the events that it fails on`,
        fix: 'An on-failure destination (AWS::Lambda::EventInvokeConfig with DestinationConfig.OnFailure) or DeadLetterConfig (CDK: onFailure, deadLetterQueue)',
        evidence: sources.slice(0, 3).map(({ via }) => ({ at: via.id, shows: 'calls it asynchronously' })),
      });
    }
  },
});

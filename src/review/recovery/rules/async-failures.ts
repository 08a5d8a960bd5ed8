/** Events that a function fails on and nobody keeps. */
import { keepsFailures, storeKind, type Trigger, triggersOf } from '../../../architecture/index.ts';
import { customRule, pillar } from './kit.ts';

/** Nobody waits for the answer; the rotation of a secret is watched by Secrets Manager. */
const isAsynchronous = ({ kind, from }: Trigger): boolean =>
  (kind === 'event' || kind === 'schedule') && storeKind(from) !== 'secret';

export const asyncFailures = customRule({
  id: 'async-failures',
  severity: 'medium',
  title: 'Functions that are called asynchronously keep the events they fail on',
  why: 'After two retries within six hours an event is dropped without a trace.',
  reference: pillar,
  check: (context) => {
    const { app } = context;
    for (const fn of app.ofType('AWS::Lambda::Function', 'AWS::Serverless::Function')) {
      const sources = triggersOf(app, fn).filter(isAsynchronous);
      if (sources.length === 0) continue;
      context.checked();
      if (keepsFailures(app, fn)) continue;
      context.found({
        resource: fn,
        title: `${fn.name} loses the events it fails on`,
        fix: 'An on-failure destination (AWS::Lambda::EventInvokeConfig with DestinationConfig.OnFailure) or DeadLetterConfig (CDK: onFailure, deadLetterQueue)',
        evidence: sources.slice(0, 3).map(({ via }) => ({ at: via.id, shows: 'calls it asynchronously' })),
      });
    }
  },
});

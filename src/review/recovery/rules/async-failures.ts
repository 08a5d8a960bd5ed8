/** Events that a function fails on and nobody keeps. */
import { type Resource, valueAt } from '../../../architecture/index.ts';
import { customRule, pillar } from './kit.ts';

const asynchronous =
  /^AWS::(Events::Rule|SNS::Subscription|S3::Bucket|IoT::TopicRule|SES::)|^Custom::S3BucketNotifications/;

export const asyncFailures = customRule({
  id: 'async-failures',
  severity: 'medium',
  title: 'Functions that are called asynchronously keep the events they fail on',
  why: 'After two retries within six hours an event is dropped without a trace.',
  reference: pillar,
  check: (context) => {
    for (const fn of context.app.ofType('AWS::Lambda::Function', 'AWS::Serverless::Function')) {
      const sources = fn.usedBy.filter(({ to }) => asynchronous.test(to.type) && callsIt(to));
      if (sources.length === 0) continue;
      context.checked();
      const config = fn.usedBy
        .map(({ to }) => to)
        .filter(({ type }) => type === 'AWS::Lambda::EventInvokeConfig');
      const kept =
        valueAt(fn.properties, 'DeadLetterConfig') !== undefined ||
        valueAt(fn.properties, 'DeadLetterQueue') !== undefined ||
        config.some(({ properties }) => valueAt(properties, 'DestinationConfig.OnFailure') !== undefined);
      if (kept) continue;
      context.found({
        resource: fn,
        title: `${fn.name} loses the events it fails on`,
        fix: 'An on-failure destination (AWS::Lambda::EventInvokeConfig with DestinationConfig.OnFailure) or DeadLetterConfig (CDK: onFailure, deadLetterQueue)',
        evidence: sources.slice(0, 3).map(({ to }) => ({ at: to.id, shows: 'calls it asynchronously' })),
      });
    }
  },
});

const callsIt = ({ type, properties }: Resource): boolean =>
  type !== 'AWS::SNS::Subscription' || properties.Protocol === 'lambda';

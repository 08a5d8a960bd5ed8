import { PolicyError, parsePolicy } from '../../../../iam/index.ts';
import { operation } from '../../../service.ts';
import type { LogsContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { policiesOf } from '../resource-policies.ts';

/** What lets services of AWS write to log groups: EventBridge needs it. */
export const putResourcePolicy = (context: LogsContext) =>
  operation('logs', 'PutResourcePolicy', {
    accepts: ['policyName', 'policyDocument'],
    access: () => ({ action: 'logs:PutResourcePolicy', resource: '*' }),
    *problems({ policyName, policyDocument }) {
      if (!policyName || !policyDocument) yield invalid('policyName and policyDocument must be given.');
      try {
        parsePolicy(policyDocument ?? '', 'resource');
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        yield invalid(error.message);
      }
    },
    handle({ policyName = '', policyDocument = '' }) {
      const resourcePolicy = {
        policyName,
        policyDocument,
        lastUpdatedTime: context.env.clock.now(),
      };
      policiesOf(context.env).put(policyName, resourcePolicy);
      return { resourcePolicy };
    },
  });

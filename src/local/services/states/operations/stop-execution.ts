import { operation } from '../../../service.ts';
import { readExecution } from '../arns.ts';
import { findExecution, type StatesContext } from '../context.ts';
import { noExecution } from '../errors.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export const stopExecution = (context: StatesContext) =>
  operation('states', 'StopExecution', {
    accepts: 'all',
    access: ({ executionArn: resource = '' }) => ({ action: 'states:StopExecution', resource }),
    handle({ executionArn = '', error, cause }) {
      const { group, name } = readExecution(executionArn);
      const found = findExecution(context, group, name);
      if (!found) throw noExecution(executionArn);
      const ended = context.engine.abort(group, name, error, cause) ?? found;
      return { stopDate: new Date(ended.stopped ?? context.env.clock.now()) };
    },
  });

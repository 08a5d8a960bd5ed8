import { AwsError, operation, unsupported } from '../../../service.ts';
import { readExecution } from '../arns.ts';
import { findExecution, type StatesContext } from '../context.ts';
import { noExecution } from '../errors.ts';
import { redriveStatus } from '../redrive.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
export const redriveExecution = (context: StatesContext) =>
  operation('states', 'RedriveExecution', {
    accepts: ['executionArn', 'clientToken'],
    access: ({ executionArn: resource = '' }) => ({ action: 'states:RedriveExecution', resource }),
    handle({ executionArn = '' }) {
      const { group, name } = readExecution(executionArn);
      const found = findExecution(context, group, name);
      if (!found) throw noExecution(executionArn);
      const { redriveStatus: status, redriveStatusReason: why } = redriveStatus(context, found);
      if (status === 'NOT_REDRIVABLE') throw new AwsError('ExecutionNotRedrivable', why ?? '');
      const frames = [...context.records.frames.values({ prefix: [group, name] })];
      if (found.mapRun !== undefined || frames.some(({ pending }) => pending?.kind === 'map-run'))
        throw unsupported('redriving a Map Run');
      context.engine.redrive(found);
      return { redriveDate: new Date(context.env.clock.now()) };
    },
  });

import { operation } from '../../../service.ts';
import { readExecution } from '../arns.ts';
import { arnOf, date, findExecution, type StatesContext } from '../context.ts';
import { noExecution } from '../errors.ts';
import { redriveStatus } from '../redrive.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export const describeExecution = (context: StatesContext) =>
  operation('states', 'DescribeExecution', {
    accepts: ['executionArn', 'includedData'],
    access: ({ executionArn: resource = '' }) => ({ action: 'states:DescribeExecution', resource }),
    handle({ executionArn = '', includedData }) {
      const { group, name } = readExecution(executionArn);
      const found = findExecution(context, group, name);
      if (!found) throw noExecution(executionArn);
      const { machine, version, alias, status, started, stopped, input, output, error, cause } = found;
      const arn = arnOf(context, machine);
      const data = includedData !== 'METADATA_ONLY';
      return {
        executionArn,
        stateMachineArn: arn,
        name,
        status,
        startDate: new Date(started),
        stopDate: date(stopped),
        ...(data ? { input, inputDetails: { included: true } } : {}),
        ...(output === undefined || !data ? {} : { output, outputDetails: { included: true } }),
        error,
        cause,
        traceHeader: found.traceHeader,
        stateMachineVersionArn: version === undefined ? undefined : `${arn}:${version}`,
        stateMachineAliasArn: alias === undefined ? undefined : `${arn}:${alias}`,
        redriveCount: found.redrives,
        redriveDate: date(found.redriven),
        ...redriveStatus(context, found),
      };
    },
  });

import { operation } from '../../../service.ts';
import { readExecution } from '../arns.ts';
import { arnOf, findExecution, type StatesContext } from '../context.ts';
import { noExecution } from '../errors.ts';
import { loggingShown } from '../machines.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html */
export const describeStateMachineForExecution = (context: StatesContext) =>
  operation('states', 'DescribeStateMachineForExecution', {
    accepts: ['executionArn', 'includedData'],
    access: ({ executionArn: resource = '' }) => ({
      action: 'states:DescribeStateMachineForExecution',
      resource,
    }),
    handle({ executionArn = '', includedData }) {
      const { group, name } = readExecution(executionArn);
      const found = findExecution(context, group, name);
      const revision = found && context.records.revisions.get([found.machine, found.revision]);
      if (!revision) throw noExecution(executionArn);
      return {
        stateMachineArn: arnOf(context, found.machine),
        name: found.machine,
        definition: includedData === 'METADATA_ONLY' ? '' : revision.definition,
        roleArn: revision.roleArn,
        updateDate: new Date(revision.updated),
        loggingConfiguration: loggingShown(revision),
        tracingConfiguration: { enabled: revision.tracing ?? false },
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' as const },
        revisionId: revision.id,
      };
    },
  });

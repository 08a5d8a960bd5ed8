import { operation } from '../../../service.ts';
import { arnOf, findMachine, type StatesContext } from '../context.ts';
import { loggingShown } from '../machines.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export const describeStateMachine = (context: StatesContext) =>
  operation('states', 'DescribeStateMachine', {
    accepts: ['stateMachineArn', 'includedData'],
    access: ({ stateMachineArn: resource = '' }) => ({ action: 'states:DescribeStateMachine', resource }),
    handle({ stateMachineArn, includedData }) {
      const { machine, revision, version, alias } = findMachine(context, stateMachineArn);
      const found = version === undefined ? undefined : context.records.versions.get([machine.name, version]);
      return {
        stateMachineArn: stateMachineArn ?? arnOf(context, machine.name),
        name: machine.name,
        status: 'ACTIVE' as const,
        definition: includedData === 'METADATA_ONLY' ? '' : revision.definition,
        roleArn: revision.roleArn,
        type: machine.type,
        creationDate: new Date(found?.created ?? machine.created),
        loggingConfiguration: loggingShown(revision),
        tracingConfiguration: { enabled: revision.tracing ?? false },
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' as const },
        // The revision that a machine was made with has no name.
        ...(revision.updated === machine.created && version === undefined ? {} : { revisionId: revision.id }),
        ...(found?.description === undefined || alias !== undefined
          ? {}
          : { description: found.description }),
      };
    },
  });

import { operation } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import { findMachine, type StatesContext } from '../context.ts';
import { conflict } from '../errors.ts';
import { publish } from '../versions.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html */
export const publishStateMachineVersion = (context: StatesContext) =>
  operation('states', 'PublishStateMachineVersion', {
    accepts: 'all',
    access: ({ stateMachineArn: resource = '' }) => ({
      action: 'states:PublishStateMachineVersion',
      resource,
    }),
    handle({ stateMachineArn = '', revisionId, description }) {
      const { machine } = readMachine(stateMachineArn);
      const { machine: found } = findMachine(context, stateMachineArn);
      if (revisionId !== undefined && revisionId !== found.revision)
        throw conflict(
          `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${found.revision}.`,
        );
      const { arn, version } = context.env.store.transaction(() => publish(context, machine, description));
      return { stateMachineVersionArn: arn, creationDate: new Date(version.created) };
    },
  });

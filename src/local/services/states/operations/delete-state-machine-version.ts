import { operation } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import { arnOf, type StatesContext } from '../context.ts';
import { conflict, validation } from '../errors.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineVersion.html */
export const deleteStateMachineVersion = (context: StatesContext) =>
  operation('states', 'DeleteStateMachineVersion', {
    accepts: 'all',
    access: ({ stateMachineVersionArn = '' }) => ({
      action: 'states:DeleteStateMachineVersion',
      resource: stateMachineVersionArn.split(':').slice(0, 7).join(':'),
    }),
    handle({ stateMachineVersionArn: arn = '' }) {
      const { machine, qualifier = '' } = readMachine(arn);
      if (!/^\d+$/.test(qualifier)) throw validation(`${arn} is not the ARN of a version.`);
      const version = Number(qualifier);
      const { records } = context;
      const using = [...records.aliases.values({ prefix: [machine] })].filter(({ routes }) =>
        routes.some((one) => one.version === version),
      );
      if (using.length > 0)
        throw conflict(
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${using.map(({ name }) => name).join(', ')}] of ${arnOf(context, machine)}`,
        );
      records.versions.delete([machine, version]);
      return {};
    },
  });

import { operation } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import type { StatesContext } from '../context.ts';

/**
 * Executions that run end first: the machine is gone for every other call at once.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
 */
export const deleteStateMachine = ({ env, records, engine }: StatesContext) =>
  operation('states', 'DeleteStateMachine', {
    accepts: 'all',
    access: ({ stateMachineArn: resource = '' }) => ({ action: 'states:DeleteStateMachine', resource }),
    handle({ stateMachineArn = '' }) {
      const { machine } = readMachine(stateMachineArn);
      for (const [[, name]] of [...records.running.entries({ prefix: [machine] })])
        engine.abort(machine, String(name));
      env.store.transaction(() => {
        records.machines.delete([machine]);
        for (const kept of [records.versions, records.aliases, records.executions, records.byStart])
          kept.clear([machine]);
        for (const kept of [records.revisions, records.frames, records.history]) kept.clear([machine]);
      });
      return {};
    },
  });

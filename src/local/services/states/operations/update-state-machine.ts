import { passRole } from '../../../pass-role.ts';
import { AwsError, operation, unsupported } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import { findMachine, type StatesContext } from '../context.ts';
import { validation } from '../errors.ts';
import { definitionProblems } from '../machine-definition.ts';
import { prepareRevision } from '../machines.ts';
import { publish } from '../versions.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html */
export const updateStateMachine = (context: StatesContext) =>
  operation('states', 'UpdateStateMachine', {
    accepts: 'all',
    access: ({ stateMachineArn: arn = '', roleArn, publish: published }) => [
      { action: 'states:UpdateStateMachine', resource: arn },
      ...(published ? [{ action: 'states:PublishStateMachineVersion', resource: arn }] : []),
      ...passRole('states.amazonaws.com', roleArn),
    ],
    *problems({ encryptionConfiguration }) {
      if (encryptionConfiguration && encryptionConfiguration.type !== 'AWS_OWNED_KEY')
        yield unsupported("the encryption of a state machine with a customer's key");
    },
    async handle(input) {
      const { stateMachineArn = '', publish: published, versionDescription, definition } = input;
      if (readMachine(stateMachineArn).qualifier !== undefined)
        throw new AwsError(
          'ValidationException',
          'A version or an alias cannot be updated by UpdateStateMachine.',
        );
      const { machine, revision: before } = findMachine(context, stateMachineArn);
      const { roleArn, loggingConfiguration, tracingConfiguration } = input;
      if ([definition, roleArn, loggingConfiguration, tracingConfiguration].every((one) => one === undefined))
        throw new AwsError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      if (versionDescription !== undefined && !published)
        throw validation('Version description can only be set when publish is true');
      if (definition !== undefined)
        for (const problem of definitionProblems(definition, machine.type)) throw problem;
      const revision = await prepareRevision(context, machine.type, {
        definition: definition ?? before.definition,
        roleArn: roleArn ?? before.roleArn,
        loggingConfiguration: loggingConfiguration ?? before.logging,
        tracingConfiguration: tracingConfiguration ?? { enabled: before.tracing ?? false },
      });
      const { env, records } = context;
      let stateMachineVersionArn: string | undefined;
      env.store.transaction(() => {
        const current = records.machines.get([machine.name]) ?? machine;
        records.revisions.put([machine.name, revision.id], revision);
        records.machines.put([machine.name], { ...current, revision: revision.id });
        if (published) stateMachineVersionArn = publish(context, machine.name, versionDescription).arn;
      });
      return {
        updateDate: new Date(revision.updated),
        revisionId: revision.id,
        ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
      };
    },
  });

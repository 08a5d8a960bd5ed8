import { passRole } from '../../../pass-role.ts';
import { tagMap } from '../../../resource-tags.ts';
import { AwsError, operation, unsupported } from '../../../service.ts';
import { arnOf, type StatesContext } from '../context.ts';
import { checkName, machineExists, validation } from '../errors.ts';
import { definitionProblems } from '../machine-definition.ts';
import { prepareRevision, sameRevision } from '../machines.ts';
import type { MachineType } from '../records.ts';
import { publish } from '../versions.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export const createStateMachine = (context: StatesContext) =>
  operation('states', 'CreateStateMachine', {
    accepts: 'all',
    access: ({ name = '', roleArn, publish: published }) => [
      { action: 'states:CreateStateMachine', resource: arnOf(context, name) },
      ...(published ? [{ action: 'states:PublishStateMachineVersion', resource: arnOf(context, name) }] : []),
      ...passRole('states.amazonaws.com', roleArn),
    ],
    *problems({ definition, type = 'STANDARD', encryptionConfiguration }) {
      if (encryptionConfiguration && encryptionConfiguration.type !== 'AWS_OWNED_KEY')
        yield unsupported("the encryption of a state machine with a customer's key");
      if (definition !== undefined) yield* definitionProblems(definition, type as MachineType);
    },
    async handle(input) {
      const { name = '', type = 'STANDARD', publish: published, versionDescription } = input;
      checkName(name);
      if (versionDescription !== undefined && !published)
        throw validation('Version description can only be set when publish is true');
      const revision = await prepareRevision(context, type as MachineType, input);
      const { env, records } = context;
      const arn = arnOf(context, name);
      const before = records.machines.get([name]);
      if (before) {
        const current = records.revisions.get([name, before.revision]);
        if (!current || before.type !== type || !sameRevision(current, revision)) throw machineExists(arn);
        return { stateMachineArn: arn, creationDate: new Date(before.created) };
      }
      const now = env.clock.now();
      const tags = tagMap((input.tags ?? []).map(({ key = '', value = '' }) => ({ Key: key, Value: value })));
      if (Object.keys(tags).length > 50) throw new AwsError('TooManyTags', 'A resource has at most 50 tags.');
      let stateMachineVersionArn: string | undefined;
      env.store.transaction(() => {
        records.revisions.put([name, revision.id], revision);
        records.machines.put([name], {
          name,
          type: type as MachineType,
          created: now,
          revision: revision.id,
          tags,
          versions: 0,
        });
        if (published) stateMachineVersionArn = publish(context, name, versionDescription).arn;
      });
      return { stateMachineArn: arn, creationDate: new Date(now), stateMachineVersionArn };
    },
  });

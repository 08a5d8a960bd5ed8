import type { Stack } from '@aws-sdk/client-cloudformation';
import { required } from '../../../invoke.ts';
import { type Tag, tagList } from '../../../resource-tags.ts';
import {
  type ResourceRequest,
  type ResourceState,
  type ResourceType,
  resourceType,
} from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { ResourceFailure } from '../errors.ts';
import { toStack } from '../shown.ts';

interface StackProperties {
  readonly TemplateURL: string;
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly Tags?: readonly Tag[];
}

/**
 * A nested stack: a stack of its own that the parent waits for. NotificationARNs and TimeoutInMinutes are refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
 */
export function nestedStack(context: CloudFormationContext): ResourceType {
  const input = ({ properties: p, tags }: ResourceRequest<StackProperties>, stackId?: string) => {
    const { capabilities } = parentDeployment(context, stackId);
    return {
      TemplateURL: p.TemplateURL,
      Parameters: Object.entries(p.Parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      // aws:… tags are CloudFormation's own and made anew for each stack.
      Tags: tagList(tags).filter(({ Key }) => !Key.startsWith('aws:')),
      Capabilities: [...capabilities],
    };
  };
  const wait = async (id: string, good: RegExp): Promise<Stack> => {
    await context.engine.settled(id);
    const stack = toStack(context, context.records.stack(id));
    if (!good.test(stack.StackStatus ?? ''))
      throw new ResourceFailure(
        `Embedded stack ${id} was not successfully ${good.source.includes('UPDATE') ? 'updated' : 'created'}: ${stack.StackStatusReason ?? whyFailed(context, id) ?? stack.StackStatus}`,
        id,
      );
    return stack;
  };
  const state = (stack: Stack): ResourceState => ({
    physicalId: stack.StackId ?? '',
    attributes: {
      StackId: stack.StackId,
      StackStatus: stack.StackStatus,
      ParentId: stack.ParentId,
      RootId: stack.RootId,
      CreationTime: stack.CreationTime?.toISOString(),
      LastUpdateTime: stack.LastUpdatedTime?.toISOString(),
      ...Object.fromEntries(
        (stack.Outputs ?? []).map((one) => [`Outputs.${one.OutputKey}`, one.OutputValue]),
      ),
    },
  });
  return resourceType<StackProperties>({
    type: 'AWS::CloudFormation::Stack',
    mode: 'live',
    honoured: ['TemplateURL', 'Parameters', 'Tags'],
    // The check of a template looks into the nested one itself.
    rehearse: async () => {},
    async find(request) {
      const found = context.records.findStack(request.uniqueName(128));
      return found && state(toStack(context, found));
    },
    async create(request) {
      const { records } = context;
      const parent = records.stack(request.stackId);
      const made = await request.invoke('cloudformation', 'CreateStack', {
        StackName: request.uniqueName(128),
        ...input(request, request.stackId),
        ...(parent.roleArn ? { RoleARN: parent.roleArn } : {}),
        ...(parent.disableRollback ? { DisableRollback: true } : {}),
      });
      const StackId = required(made.StackId, 'StackId');
      records.patchStack(StackId, { parentId: parent.id, rootId: parent.rootId ?? parent.id });
      const stop = () => void context.engine.cancel(StackId, 'the parent stack failed. ');
      request.signal.addEventListener('abort', stop, { once: true });
      return state(await wait(StackId, /^CREATE_COMPLETE$/));
    },
    async update(request) {
      const id = request.physicalId;
      let nothingToDo = false;
      await request
        .invoke('cloudformation', 'UpdateStack', { StackName: id, ...input(request, request.stackId) })
        .catch((error: Error) => {
          if (error.message !== 'No updates are to be performed.') throw error;
          nothingToDo = true;
        });
      const stop = () => void context.engine.cancel(id, 'the parent stack failed. ');
      request.signal.addEventListener('abort', stop, { once: true });
      // After a rollback of its own a nested stack that is asked for its old state again has nothing to do.
      return state(
        await wait(
          id,
          nothingToDo ? /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/ : /^(CREATE|UPDATE)_COMPLETE$/,
        ),
      );
    },
    async delete({ physicalId, invoke }) {
      const { records, engine } = context;
      // It may be taking itself back after a restart.
      await engine.settled(physicalId);
      if (!records.findStack(physicalId)) return;
      await invoke('cloudformation', 'DeleteStack', { StackName: physicalId });
      await engine.settled(physicalId);
      const stack = records.findStack(physicalId);
      if (stack && stack.status !== 'DELETE_COMPLETE')
        throw new Error(
          `Embedded stack ${physicalId} was not successfully deleted: ${stack.reason ?? stack.status}`,
        );
    },
  });
}

/** The reason stands at the event that started the rollback. */
function whyFailed(context: CloudFormationContext, id: string): string | undefined {
  const { events } = context.records.events(id, undefined, 1000);
  const found = events.find(
    (one) => one.physicalId === id && one.reason !== undefined && one.status.endsWith('ROLLBACK_IN_PROGRESS'),
  );
  return found?.reason?.replace('Rollback requested by user.', '').trim();
}

/** What the parent's caller acknowledged holds for what is nested in it. */
function parentDeployment(context: CloudFormationContext, stackId: string | undefined) {
  const parent = stackId === undefined ? undefined : context.records.findStack(stackId);
  return parent?.target ?? parent?.current ?? { capabilities: [] };
}

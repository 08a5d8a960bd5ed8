/**
 * Wait conditions and their handles: a URL that something outside signals, and a resource that is complete once it
 * has enough signals. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html
 */
import { invalidProperties, type ResourceType, resourceType } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import type { Answer } from '../responses.ts';

export const waitConditionHandle = (context: CloudFormationContext): ResourceType =>
  resourceType({
    type: 'AWS::CloudFormation::WaitConditionHandle',
    mode: 'live',
    honoured: [],
    rehearse: async () => {},
    create: async () => {
      const Id = context.responses.openHandle();
      return { physicalId: Id, attributes: { Id } };
    },
    update: async ({ physicalId }) => ({ physicalId, attributes: { Id: physicalId } }),
    delete: async ({ physicalId }) => context.responses.closeHandle(physicalId),
  });

interface WaitConditionProperties {
  readonly Handle?: string;
  readonly Timeout?: string;
  readonly Count?: number;
}

export const waitCondition = (context: CloudFormationContext): ResourceType =>
  resourceType<WaitConditionProperties>({
    type: 'AWS::CloudFormation::WaitCondition',
    mode: 'live',
    honoured: ['Handle', 'Timeout', 'Count'],
    rehearse: async ({ properties }) => read(properties),
    async create({ properties, uniqueName, signal, stackId, progress }) {
      const { handle, seconds, count } = read(properties);
      progress(`waits up to ${seconds} s for ${count} signal(s)`);
      const signals = await signalled(context, handle, count, seconds, signal);
      const Id = `${stackId}/${uniqueName(60)}`;
      return {
        physicalId: Id,
        attributes: {
          Id,
          Data: JSON.stringify(
            Object.fromEntries(Object.entries(signals).map(([id, one]) => [id, one.Data ?? ''])),
          ),
        },
      };
    },
    delete: async () => {},
  });

function read({ Handle: handle, Timeout, Count: count = 1 }: WaitConditionProperties) {
  const seconds = Number(Timeout ?? Number.NaN);
  if (!handle || !(seconds >= 1 && seconds <= 43_200))
    throw invalidProperties('A WaitCondition needs a Handle and a Timeout of 1 to 43200 seconds');
  return { handle, seconds, count };
}

function signalled(
  context: CloudFormationContext,
  handle: string,
  count: number,
  seconds: number,
  signal: AbortSignal,
): Promise<Readonly<Record<string, Answer>>> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const end = (action: () => void) => {
      timer.cancel();
      signal.removeEventListener('abort', aborted);
      stop();
      action();
    };
    const aborted = () => end(() => reject(new Error('cancelled')));
    const timer = context.env.clock.after(seconds * 1000, () =>
      end(() => reject(new Error(`WaitCondition timed out. Received fewer than ${count} signals`))),
    );
    if (signal.aborted) return aborted();
    signal.addEventListener('abort', aborted, { once: true });
    stop = context.responses.watchHandle(handle, (signals) => {
      const all = Object.values(signals);
      const failed = all.find((one) => one.Status !== 'SUCCESS');
      if (failed)
        end(() =>
          reject(
            new Error(
              `WaitCondition received failed message: '${String(failed.Reason ?? '')}' for uniqueId: ${String(failed.UniqueId)}`,
            ),
          ),
        );
      else if (all.length >= count) end(() => resolve(signals));
    });
  });
}

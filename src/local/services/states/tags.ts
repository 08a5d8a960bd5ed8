/** Tags of state machines and activities. */
import { tagProblem } from '../../resource-tags.ts';
import { AwsError } from '../../service.ts';
import type { StatesContext } from './context.ts';
import { noResource } from './errors.ts';

type Tags = Readonly<Record<string, string>>;

export function tagsOf({ records }: StatesContext, arn: string): Tags {
  const [, , , , , type, name = ''] = arn.split(':');
  const found =
    type === 'stateMachine'
      ? records.machines.get([name])
      : type === 'activity'
        ? records.activities.get([name])
        : undefined;
  if (!found) throw noResource(arn);
  return found.tags;
}

export function setTags(context: StatesContext, arn: string, tags: Tags): void {
  const problem = tagProblem(tags);
  if (problem) throw new AwsError('TooManyTags', problem);
  const { records } = context;
  const [, , , , , type, name = ''] = arn.split(':');
  const [machine, activity] = [records.machines.get([name]), records.activities.get([name])];
  if (type === 'stateMachine' && machine) records.machines.put([name], { ...machine, tags });
  else if (activity) records.activities.put([name], { ...activity, tags });
}

/** Tags of clusters, services, tasks and task definitions. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html */
import { parseArn } from '../../../core/arn.ts';
import { AwsError } from '../../service.ts';
import type { EcsContext } from './context.ts';
import { invalidParameter } from './errors.ts';
import type { Tags } from './records.ts';

/** Reads and writes the tags of whatever an ARN names. */
export function tagged(context: EcsContext, arn = '') {
  const [kind, ...path] = (parseArn(arn)?.resource ?? '').split('/');
  const missing = new AwsError('ResourceNotFoundException', 'The specified resource was not found.');
  const of = <R extends { readonly tags: Tags }>(record: R | undefined, put: (record: R) => void) => {
    if (!record) throw missing;
    return { tags: record.tags, set: (tags: Tags) => put({ ...record, tags }) };
  };
  const [first = '', second = ''] = path;
  switch (kind) {
    case 'cluster':
      return of(context.clusters.get(first), (record) => context.clusters.put(first, record));
    case 'service':
      return of(context.services.get([first, second]), (record) =>
        context.services.put([first, second], record),
      );
    case 'task':
      return of(context.tasks.get([first, second]), (record) => context.tasks.put([first, second], record));
    case 'task-definition': {
      const [family = '', revision] = first.split(':');
      const key = [family, Number(revision)];
      return of(context.taskDefinitions.get(key), (record) => context.taskDefinitions.put(key, record));
    }
    default:
      throw invalidParameter(`Invalid ARN: ${arn}`);
  }
}

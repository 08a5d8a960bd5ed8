/** SQS queues: they hold work until it is done. */
import {
  isDeadLetterQueue,
  isUnresolved,
  numberAt,
  type Resource,
  valueAt,
} from '../../../architecture/index.ts';
import { fact, spread } from '../figures.ts';
import type { ComponentModel, Way } from '../model.ts';
import { byHand, byItself, unfelt } from '../ways.ts';

export const queue: ComponentModel = {
  types: ['AWS::SQS::Queue'],
  read: (resource, { app }) => {
    const redrive = valueAt(resource.properties, 'RedrivePolicy');
    const takesDeadLetters = isDeadLetterQueue(app, resource);
    const ways: Way[] = [
      unfelt(['lost-instance', 'lost-zone'], 'stores messages in several zones', spread.sqs),
    ];
    if (redrive !== undefined && !isUnresolved(redrive))
      ways.push(setsAside(`${resource.id}/Properties/RedrivePolicy`));
    else if (takesDeadLetters)
      ways.push(unfelt(['software-fault'], 'only keeps what others could not process', spread.sqs));
    else ways.push(redelivers(resource));
    return {
      kind: 'queue',
      label: takesDeadLetters ? 'dead-letter queue' : 'SQS queue',
      data: 'transit',
      ways,
      doubts: isUnresolved(redrive) ? [{ for: ['software-fault'], what: redrive.reason }] : [],
    };
  },
};

export const setsAside = (source: string): Way =>
  byItself(
    ['software-fault'],
    'puts a message that fails again and again into the dead-letter queue, and goes on with the others',
    [],
    null,
    [{ figure: 'a dead-letter queue', source, assumed: false }],
  );

/** A message that always fails comes back until its retention ends, and then it is gone. */
function redelivers(resource: Resource): Way {
  const kept = numberAt(resource.properties, 'MessageRetentionPeriod') ?? 345_600;
  return byHand(
    ['software-fault'],
    'gives a message that fails to its consumer again and again until it expires; a person must mend the consumer first',
    [],
    typeof kept === 'number' ? kept : 345_600,
    [
      fact(
        'messages are deleted at the end of the retention period, 4 days by default',
        'AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
      ),
    ],
  );
}

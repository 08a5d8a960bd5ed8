/** SQS queues. */
import {
  isDeadLetterQueue,
  isUnresolved,
  numberAt,
  type Resource,
  valueAt,
} from '../../../architecture/index.ts';
import { fact, severalZones } from '../figures.ts';
import type { ComponentModel, RecoveryOption } from '../model.ts';
import { automatic, manual, unaffected } from '../options.ts';

export const queue: ComponentModel = {
  types: ['AWS::SQS::Queue'],
  read: (resource, { app }) => {
    const redrive = valueAt(resource.properties, 'RedrivePolicy');
    const takesDeadLetters = isDeadLetterQueue(app, resource);
    const options: RecoveryOption[] = [
      unaffected(['lost-instance', 'lost-zone'], 'stores messages in several zones', severalZones.sqs),
    ];
    if (redrive !== undefined && !isUnresolved(redrive))
      options.push(toDeadLetterQueue(`${resource.id}/Properties/RedrivePolicy`));
    else if (takesDeadLetters)
      options.push(
        unaffected(['software-fault'], 'only keeps what others could not process', severalZones.sqs),
      );
    else options.push(redelivered(resource));
    return {
      kind: 'queue',
      label: takesDeadLetters ? 'dead-letter queue' : 'SQS queue',
      data: 'transit',
      options,
      doubts: isUnresolved(redrive) ? [{ scenarios: ['software-fault'], what: redrive.reason }] : [],
    };
  },
};

export const toDeadLetterQueue = (source: string): RecoveryOption =>
  automatic(
    ['software-fault'],
    'puts a message that fails again and again into the dead-letter queue, and goes on with the others',
    [],
    null,
    [{ figure: 'a dead-letter queue', source, assumed: false }],
  );

/** Without a dead-letter queue a message that always fails is delivered again until its retention ends; then SQS deletes it. */
function redelivered(resource: Resource): RecoveryOption {
  const kept = numberAt(resource.properties, 'MessageRetentionPeriod') ?? 345_600;
  return manual(
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

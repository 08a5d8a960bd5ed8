import { operation } from '../../../service.ts';
import { findGroup, type LogsContext, onStream } from '../context.ts';
import { alreadyExists, invalid } from '../errors.ts';

export const createLogStream = (context: LogsContext) =>
  operation('logs', 'CreateLogStream', {
    accepts: 'all',
    access: onStream(context, 'CreateLogStream'),
    *problems({ logStreamName: name = '' }) {
      if (!/^[^:*]{1,512}$/.test(name))
        yield invalid(`Value '${name}' at 'logStreamName' must be 1 to 512 characters without : and *`);
    },
    handle(input) {
      const name = input.logStreamName ?? '';
      const group = findGroup(context, input);
      if (group.streams.has(name)) throw alreadyExists('stream');
      context.logs.createStream(group, name);
      return {};
    },
  });

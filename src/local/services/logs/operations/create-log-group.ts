import { operation } from '../../../service.ts';
import { groupArn, type LogsContext, onGroup } from '../context.ts';
import { alreadyExists, invalid } from '../errors.ts';

/** kmsKeyId is kept and answered: encryption at rest shows nowhere else. */
export const createLogGroup = (context: LogsContext) =>
  operation('logs', 'CreateLogGroup', {
    accepts: 'all',
    access: (input) => [
      onGroup(context, 'CreateLogGroup')(input),
      ...(Object.keys(input.tags ?? {}).length > 0
        ? [{ action: 'logs:TagResource', resource: groupArn(context, input.logGroupName ?? '') }]
        : []),
    ],
    *problems({ logGroupName: name = '' }) {
      if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name))
        yield invalid(
          `Value '${name}' at 'logGroupName' must be 1 to 512 letters, digits or any of . - _ / #`,
        );
    },
    handle({ logGroupName: name = '', tags, kmsKeyId, logGroupClass, deletionProtectionEnabled }) {
      if (context.logs.groups.has(name)) throw alreadyExists('group');
      context.logs.putGroup({
        name,
        createdAt: context.env.clock.now(),
        tags: tags ?? {},
        logGroupClass: logGroupClass ?? 'STANDARD',
        ...(kmsKeyId ? { kmsKeyId } : {}),
        ...(deletionProtectionEnabled ? { deletionProtection: true } : {}),
      });
      return {};
    },
  });

/**
 * Access logs of stages, in the stage's format, written under the account's role for logs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
import { createHash } from 'node:crypto';
import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import { createLogWriter, type LogWriter } from '../../../compute/functions/log-writer.ts';
import { createLossReport } from '../../../log-loss.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { StageRecord } from '../records.ts';
import { substitute } from './context-variables.ts';
import type { Exchange } from './exchange.ts';

interface AccessLog {
  write(exchange: Exchange, stage: StageRecord): void;
  flush(): Promise<void>;
}

export function createAccessLog(
  env: ServiceEnvironment,
  roles: RoleInvokes,
  roleArn: () => string | undefined,
): AccessLog {
  const writers = new Map<string, LogWriter>();
  const reportLoss = createLossReport(env);

  const writerFor = (exchange: Exchange, group: string): LogWriter => {
    const key = `${exchange.apiId}/${exchange.stage} ${group}`;
    let writer = writers.get(key);
    if (!writer) {
      writer = createLogWriter({
        env,
        async invoke(service, operation, input) {
          const role = roleArn();
          if (role === undefined)
            throw new Error('CloudWatch Logs role ARN must be set in account settings to enable logging');
          return (await roles.as(role))(service, operation, input);
        },
        group,
        stream: createHash('md5').update(key).digest('hex'),
        lost: (lines, error) =>
          reportLoss(`API ${exchange.apiId}, stage ${exchange.stage}`, group, lines, error),
      });
      writers.set(key, writer);
    }
    return writer;
  };

  return {
    write(exchange, stage) {
      const { destinationArn, format } = stage.accessLog ?? {};
      const group = /:log-group:([^:]+)/.exec(destinationArn ?? '')?.[1];
      if (group === undefined || format === undefined) return;
      writerFor(exchange, group).write({
        time: exchange.receivedAt,
        text: substitute(format, exchange, env, '-'),
      });
    },
    async flush() {
      await Promise.allSettled([...writers.values()].map((writer) => writer.flush()));
    },
  };
}

/** Access logs of stages, as they are delivered to a log group. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html */
import { createHash } from 'node:crypto';
import { createLogWriter, type LogWriter } from '../../../compute/functions/log-writer.ts';
import { deliveryService } from '../../../log-delivery.ts';
import { createLossReport } from '../../../log-loss.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import { logLine } from './context-variables.ts';
import type { Exchange } from './exchange.ts';

export interface AccessLog {
  write(exchange: Exchange): void;
  flush(): Promise<void>;
}

export function createAccessLog(env: ServiceEnvironment): AccessLog {
  const writers = new Map<string, LogWriter>();
  const reportLoss = createLossReport(env);
  return {
    write(exchange) {
      const { apiId, stage } = exchange;
      const { DestinationArn, Format } = stage.AccessLogSettings ?? {};
      const group = /:log-group:([^:]+)/.exec(DestinationArn ?? '')?.[1];
      if (group === undefined || Format === undefined) return;
      const key = `${apiId}/${stage.StageName} ${group}`;
      let writer = writers.get(key);
      if (!writer) {
        writer = createLogWriter({
          env,
          invoke: env.asService(deliveryService),
          group,
          stream: createHash('md5').update(key).digest('hex'),
          lost: (lines, error) => reportLoss(`API ${apiId}, stage ${stage.StageName}`, group, lines, error),
        });
        writers.set(key, writer);
      }
      writer.write({ time: exchange.receivedAt, text: logLine(Format, exchange, env) });
    },
    async flush() {
      await Promise.allSettled([...writers.values()].map((writer) => writer.flush()));
    },
  };
}

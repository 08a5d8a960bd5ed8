/** The events of log groups, in order of time. */
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type CloudAccess, clientConfig } from './cloud-access.ts';

export interface LogsQuery {
  /** Part of the log group's name. Default: every group. */
  readonly group?: string;
  /** Default: from the beginning. */
  readonly since?: Date;
  /** A CloudWatch Logs filter pattern. Default: every event. */
  readonly filter?: string;
}

export interface LogLine {
  readonly id: string;
  readonly time: Date;
  readonly group: string;
  readonly stream: string;
  readonly message: string;
}

export async function readLogs(cloud: CloudAccess, query: LogsQuery = {}): Promise<LogLine[]> {
  const client = new CloudWatchLogsClient(clientConfig(cloud));
  try {
    const lines: LogLine[] = [];
    for (const group of await groupsOf(client))
      if (group.includes(query.group ?? '')) lines.push(...(await linesOf(client, group, query)));
    return lines.sort((a, b) => a.time.getTime() - b.time.getTime());
  } finally {
    client.destroy();
  }
}

/** The names of every log group. */
export async function logGroups(cloud: CloudAccess): Promise<string[]> {
  const client = new CloudWatchLogsClient(clientConfig(cloud));
  try {
    return await groupsOf(client);
  } finally {
    client.destroy();
  }
}

async function groupsOf(client: CloudWatchLogsClient): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new DescribeLogGroupsCommand({ ...(nextToken ? { nextToken } : {}) }));
    for (const { logGroupName } of page.logGroups ?? []) if (logGroupName) names.push(logGroupName);
    nextToken = page.nextToken;
  } while (nextToken);
  return names;
}

async function linesOf(
  client: CloudWatchLogsClient,
  group: string,
  { since, filter }: LogsQuery,
): Promise<LogLine[]> {
  const found: LogLine[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        ...(since ? { startTime: since.getTime() } : {}),
        ...(filter ? { filterPattern: filter } : {}),
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    for (const { eventId = '', timestamp = 0, logStreamName: stream = '', message = '' } of page.events ?? [])
      found.push({ id: eventId, time: new Date(timestamp), group, stream, message: message.trimEnd() });
    nextToken = page.nextToken;
  } while (nextToken);
  return found;
}

/** The events of log groups, in order of time. */
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Scope } from '../core/regions.ts';
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
  readonly accountId: string;
  readonly region: string;
}

export async function readLogs(cloud: CloudAccess, query: LogsQuery = {}): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (const scope of await cloud.scopes('logs')) lines.push(...(await linesIn(cloud, scope, query)));
  return lines.sort((a, b) => a.time.getTime() - b.time.getTime());
}

async function linesIn(cloud: CloudAccess, scope: Scope, query: LogsQuery): Promise<LogLine[]> {
  const client = new CloudWatchLogsClient(clientConfig(cloud, scope));
  try {
    const lines: LogLine[] = [];
    for (const group of await groupsOf(client))
      if (group.includes(query.group ?? ''))
        for (const line of await linesOf(client, group, query)) lines.push({ ...line, ...scope });
    return lines;
  } finally {
    client.destroy();
  }
}

/** The names of every log group, in all accounts and regions. */
export async function logGroups(cloud: CloudAccess): Promise<string[]> {
  const names = new Set<string>();
  for (const scope of await cloud.scopes('logs')) {
    const client = new CloudWatchLogsClient(clientConfig(cloud, scope));
    try {
      for (const name of await groupsOf(client)) names.add(name);
    } finally {
      client.destroy();
    }
  }
  return [...names];
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
): Promise<Omit<LogLine, keyof Scope>[]> {
  const found: Omit<LogLine, keyof Scope>[] = [];
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

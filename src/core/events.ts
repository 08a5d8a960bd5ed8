/**
 * Libraries report what happens to a host as events and never print; the command line, the console and the tests
 * are hosts. Every event is a row here: its name, how serious it is, what it means, and its line of text for a
 * user, from which its data's type follows. Data never carries a secret: it is kept and shown.
 */

/** `warning`: something of the user's did not work. `error`: Slipway itself failed. */
export type Severity = 'debug' | 'info' | 'warning' | 'error';

export const severities: readonly Severity[] = ['debug', 'info', 'warning', 'error'];

interface EventKind<D> {
  readonly severity: Severity;
  readonly meaning: string;
  text(data: D): string;
}

const event = <D extends object>(
  severity: Severity,
  meaning: string,
  text: (data: D) => string,
): EventKind<D> => ({ severity, meaning, text });

const inPlace = (where: string | undefined): string => (where === undefined ? '' : ` in ${where}`);

const because = (reason: string | undefined) => (reason ? `: ${reason}` : '');
const firstLine = (text: string) => text.split('\n', 1)[0] ?? '';

const kinds = {
  'synth.build': event(
    'info',
    'The build command of an app starts.',
    (d: { command: string }) => `building: ${d.command}`,
  ),
  'synth.started': event(
    'info',
    'The app is synthesized.',
    (d: { command: string }) => `synthesizing: ${d.command}`,
  ),
  'synth.output': event('debug', 'What the app printed meanwhile.', (d: { text: string }) =>
    d.text.trimEnd(),
  ),
  'asset.published': event(
    'info',
    'A file or an image of the app is where its stack looks for it.',
    (d: { id: string; name: string; bytes?: number }) => `published ${d.name}`,
  ),
  'image.step': event(
    'info',
    'A step of a Dockerfile begins, or is taken from the cache.',
    (d: { image: string; step: string; cached: boolean }) =>
      `${d.cached ? 'as built before' : 'building'} ${d.image}: ${d.step}`,
  ),
  'image.output': event(
    'debug',
    'What a step of a Dockerfile printed.',
    (d: { image: string; text: string }) => `${d.image}: ${d.text}`,
  ),
  'packages.fetching': event(
    'info',
    "Packages that Lambda's runtimes bring along are fetched once into the user's cache folder.",
    (d: { what: string }) => `fetching ${d.what}, once`,
  ),
  'runtime.stands-in': event(
    'info',
    'Functions or images run on another version of their language than they ask for, because this machine has no other.',
    (d: { what: string }) => d.what,
  ),
  'stack.deploy.started': event(
    'info',
    'A stack is about to be created or updated.',
    (d: {
      stackName: string;
      /** Account and region, where they are not the home account's and region's. */
      where?: string;
      update: boolean;
      /** How many resources change. */
      resources?: number;
    }) =>
      `${d.update ? 'updating' : 'creating'} ${d.stackName}${inPlace(d.where)}${d.resources === undefined ? '' : ` (${d.resources} ${d.resources === 1 ? 'resource' : 'resources'})`}`,
  ),
  'stack.event': event(
    'info',
    'A resource of a stack, or the stack itself, has another status.',
    (d: {
      stackName: string;
      /** Account and region, where they are not the home account's and region's. */
      where?: string;
      logicalId: string;
      physicalId?: string;
      type: string;
      status: string;
      reason?: string;
    }) => `${d.stackName}${inPlace(d.where)} ${d.status} ${d.logicalId} (${d.type})${because(d.reason)}`,
  ),
  'stack.resource.left': event(
    'warning',
    'A resource could not be deleted or taken back, twice, and its stack went on without it.',
    (d: { stackName: string; logicalId: string; physicalId: string; type: string }) =>
      `${d.stackName} goes on without ${d.logicalId} (${d.type} ${d.physicalId}), which could not be brought back to its old state or deleted`,
  ),
  'access.denied': event(
    'warning',
    'IAM refused a call.',
    (d: {
      principal: string;
      action: string;
      resource: string;
      explanation: string;
      /** Paste it into the policy of the layer that lacks it. */
      missing?: object;
    }) =>
      `denied: ${d.principal} may not ${d.action} on ${d.resource}: ${d.explanation}${
        d.missing ? `. Missing statement: ${JSON.stringify(d.missing)}` : ''
      }`,
  ),
  'delivery.failed': event(
    'warning',
    'A message did not reach the target that its source is configured with.',
    (d: {
      /** ARN or name of the rule, topic, bucket, alarm or function that sends. */
      source: string;
      target: string;
      reason: string;
      next: 'tried again' | 'dead-letter queue' | 'lost';
    }) =>
      `not delivered from ${d.source} to ${d.target} (${
        d.next === 'tried again'
          ? 'it will be tried again'
          : d.next === 'lost'
            ? 'it is lost'
            : 'it goes to the dead-letter queue'
      }): ${d.reason}`,
  ),
  'message.not-sent': event(
    'info',
    'A topic has a subscriber outside this machine: an address, a telephone or a web endpoint. Nothing is sent there.',
    (d: {
      topic: string;
      protocol: string;
      endpoint: string;
      messageId: string;
      subject?: string;
      /** Its first 1,000 characters. */
      message: string;
    }) => `not sent to ${d.protocol} ${d.endpoint} by the topic ${d.topic}: ${d.subject ?? d.message}`,
  ),
  'logs.lost': event(
    'warning',
    'Lines could not be written to a log group.',
    (d: {
      /** What said them, such as `function x` or `task y`. */
      source: string;
      logGroup: string;
      lines: number;
      reason: string;
    }) => `${d.lines} log line(s) of ${d.source} are lost, ${d.logGroup} could not be written: ${d.reason}`,
  ),
  'metrics.lost': event(
    'warning',
    'Metrics that log events carry were refused. The log events are kept.',
    (d: { logGroup: string; namespace: string; reason: string }) =>
      `metrics of ${d.logGroup} in ${d.namespace} are lost: ${d.reason}`,
  ),
  'task.failed': event(
    'warning',
    'An ECS task could not be started.',
    (d: {
      task: string;
      /** What started it: `service:<name>` or `family:<name>`. */
      group: string;
      reason: string;
    }) => `task ${d.task} of ${d.group} did not start: ${d.reason}`,
  ),
  'alarm.raised': event(
    'warning',
    'An alarm went over to ALARM.',
    (d: { alarm: string; from: string; reason: string }) => `alarm ${d.alarm}: ${d.reason}`,
  ),
  'alarm.cleared': event(
    'info',
    'An alarm went over to OK or INSUFFICIENT_DATA.',
    (d: { alarm: string; from: string; to: string; reason: string }) =>
      `alarm ${d.alarm} is ${d.to}: ${d.reason}`,
  ),
  'service.scaled': event(
    'info',
    'A scaling policy changed the desired count of a service.',
    (d: { cluster: string; service: string; desiredCount: number; cause: string }) =>
      `service ${d.service} in ${d.cluster} scales to ${d.desiredCount}: ${d.cause}`,
  ),
  'service.scaling.failed': event(
    'warning',
    'A scaling policy could not change the desired count of a service.',
    (d: { cluster: string; service: string; desiredCount: number; reason: string }) =>
      `service ${d.service} in ${d.cluster} could not scale to ${d.desiredCount}: ${d.reason}`,
  ),
  'distribution.origin.failed': event(
    'warning',
    'A CloudFront distribution got no answer from its origin.',
    (d: { distribution: string; path: string; reason: string }) =>
      `the origin of distribution ${d.distribution} failed for ${d.path}: ${d.reason}`,
  ),
  'distribution.function.failed': event(
    'warning',
    'A CloudFront function failed, and with it the request.',
    (d: { function: string; eventType: string; reason: string }) =>
      `the CloudFront function ${d.function} failed on ${d.eventType}: ${d.reason}`,
  ),
  'distribution.function.log': event(
    'debug',
    'A line that a CloudFront function printed.',
    (d: { function: string; requestId: string; line: string }) => `${d.function} ${d.line}`,
  ),
  'disk.full': event(
    'warning',
    'The disk that holds the state folder is full: what had to be written was refused. Reads go on.',
    (d: { what: string }) =>
      `the disk is full, so this was refused: ${d.what}. Make room; nothing else is needed`,
  ),
  'loop.blocked': event(
    'warning',
    'One piece of work kept every other caller waiting for longer than 200 ms.',
    (d: {
      /** An operation such as `sqs:SendMessage`, or the owner of a timer. */
      work: string;
      ms: number;
    }) => `${d.work} kept everything else waiting for ${d.ms} ms`,
  ),
  'slipway.failed': event(
    'error',
    'Slipway itself failed. `slipway events --json` has the stack of the error.',
    (d: {
      what: string;
      /** With its stack where there is one. */
      error: string;
    }) => `a bug in Slipway (${d.what}): ${firstLine(d.error)}`,
  ),
};

export type EventName = keyof typeof kinds;

export type EventData = {
  readonly [N in EventName]: (typeof kinds)[N] extends EventKind<infer D> ? Readonly<D> : never;
};

type EventOf<N extends EventName> = { readonly name: N; readonly data: EventData[N] };
export type SlipwayEvent = { [N in EventName]: EventOf<N> }[EventName];

export const eventKinds: { readonly [N in EventName]: EventKind<EventData[N]> } = kinds;

export const eventText = <N extends EventName>({ name, data }: EventOf<N>): string =>
  eventKinds[name].text(data);

export const isAtLeast = ({ name }: Pick<SlipwayEvent, 'name'>, minSeverity: Severity): boolean =>
  severities.indexOf(eventKinds[name].severity) >= severities.indexOf(minSeverity);

export interface Host {
  notify(event: SlipwayEvent): void;
}

export const silentHost: Host = { notify() {} };

/** What a caught value says in one line. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

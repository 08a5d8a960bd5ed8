/**
 * AWS Step Functions: standard and express state machines in both query languages, executions, distributed Maps,
 * activities, task tokens, versions, aliases. Refused by name: encryption with a customer's key, HTTP tasks, and
 * integrations with services that the cloud does not run.
 */
import type { LoggingConfiguration } from '@aws-sdk/client-sfn';
import { reportBug } from '../../../core/report-bug.ts';
import type { ServiceId, WrappableInvoke } from '../../invoke.ts';
import { required } from '../../invoke.ts';
import type {
  Extras,
  FoundOperation,
  Service,
  ServiceEnvironment,
  SessionCredentials,
} from '../../service.ts';
import type { StatesContext } from './context.ts';
import type { EngineContext } from './engine/context.ts';
import { createEngine, executionArn } from './engine/engine.ts';
import { createWaitingRoom } from './engine/waiting.ts';
import { createExecutionLog } from './logging.ts';
import { createObservers } from './observers.ts';
import * as operations from './operations/index.ts';
import { type ExecutionRecord, openRecords } from './records.ts';
import { activity } from './resources/activity.ts';
import { alias } from './resources/alias.ts';
import { stateMachine } from './resources/state-machine.ts';
import { version } from './resources/version.ts';

/** A session of a role is used again for a quarter of an hour. */
const sessionFor = 900_000;

interface Session {
  readonly until: number;
  readonly credentials: Promise<SessionCredentials>;
  readonly as: Promise<WrappableInvoke>;
}

export function createStates(env: ServiceEnvironment, extras: Extras): Service {
  const records = openRecords(env.store);
  const log = createExecutionLog(env);
  const observers = createObservers(env);
  const room = createWaitingRoom({
    waiting: (arn) =>
      [...records.tokens.entries()].flatMap(([[token], one]) => {
        const pending = records.frames.get([one.group, one.execution, one.frame])?.pending;
        const free = pending?.kind === 'task' && pending.worker === undefined;
        return one.activity === arn && free ? [String(token)] : [];
      }),
    after: (ms, work) => env.clock.afterReal(ms, work),
  });
  const sessions = new Map<string, Session>();
  const known = new Map<string, Promise<FoundOperation | undefined>>();

  const loggings = new Map<string, LoggingConfiguration | undefined>();
  function loggingOf({ machine, revision }: ExecutionRecord): LoggingConfiguration | undefined {
    const key = `${machine} ${revision}`;
    if (!loggings.has(key)) loggings.set(key, records.revisions.get([machine, revision])?.logging);
    return loggings.get(key);
  }

  async function credentialsOf(
    roleArn: string,
    taken: string | undefined,
    name: string,
  ): Promise<SessionCredentials> {
    const own = await env.assumeRole(roleArn, 'states.amazonaws.com', name);
    if (taken === undefined) return own;
    const { Credentials } = await env.as(own.caller)('sts', 'AssumeRole', {
      RoleArn: taken,
      RoleSessionName: name,
    });
    const made = required(Credentials, 'Credentials');
    const accessKeyId = required(made.AccessKeyId, 'AccessKeyId');
    const identity = extras.accounts.identify(accessKeyId);
    if (!identity) throw new Error(`the session of ${taken} vanished`);
    return {
      accessKeyId,
      secretAccessKey: required(made.SecretAccessKey, 'SecretAccessKey'),
      sessionToken: required(made.SessionToken, 'SessionToken'),
      expiration: required(made.Expiration, 'Expiration').getTime(),
      caller: identity.caller,
    };
  }

  function sessionOf(roleArn: string, taken: string | undefined, name: string): Session {
    const key = `${roleArn} ${taken ?? ''}`;
    const found = sessions.get(key);
    if (found && found.until > env.clock.wall()) return found;
    const credentials = credentialsOf(roleArn, taken, name.slice(0, 64));
    const made: Session = {
      until: env.clock.wall() + sessionFor,
      credentials,
      as: credentials.then(({ caller }) => env.as(caller)),
    };
    sessions.set(key, made);
    // A role may be allowed later: the next call asks again.
    made.as.catch(() => sessions.delete(key));
    return made;
  }

  const engineContext: EngineContext = {
    env,
    records,
    waiting: room,
    roleInvoke: (roleArn, taken, name) => sessionOf(roleArn, taken, name).as,
    roleCredentials: (roleArn, taken, name) => sessionOf(roleArn, taken, name).credentials,
    async childDenial(roleArn, stateMachineArn) {
      const { caller } = await env.assumeRole(roleArn, 'states.amazonaws.com', 'map-run');
      return (await env.foresee(caller, 'states', 'StartExecution', { stateMachineArn }))?.message;
    },
    findOperation(service: ServiceId, operation) {
      const key = `${service}:${operation}`;
      let found = known.get(key);
      if (!found) {
        found = extras.findOperation(service, operation);
        known.set(key, found);
      }
      return found;
    },
    observe(execution, event) {
      observers.observe(execution, event);
      const logging = loggingOf(execution);
      if (logging) log.write(execution, executionArn({ env }, execution), logging, event);
    },
    changed: observers.changed,
    token: () => `AQ${Buffer.from(env.randomId(256), 'hex').toString('base64')}`,
    failed: (what, error) => reportBug(env.host, what, error),
  };
  const engine = createEngine(engineContext);
  const context: StatesContext = { env, records, engine, engineContext, room, accounts: extras.accounts };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [stateMachine(context), version, alias, activity],
    start() {
      observers.start();
      engine.resume();
    },
    async stop() {
      observers.stop();
      await engine.stop();
      await log.flush();
    },
  };
}

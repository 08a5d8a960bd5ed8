/**
 * Slipway's own control interface under /_slipway/: health, events, clock, faults, meter, used actions, work samples,
 * stop. All but health need the token from the state folder, so that a web page cannot drive it.
 */
import { timingSafeEqual } from 'node:crypto';
import { maxAdvanceDays } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';
import { reasonOf, type Severity, severities } from '../core/events.ts';
import { isObject } from '../core/is-object.ts';
import type { ContextQuery } from '../template/context-queries.ts';
import type { StackToCheck } from '../template/verdict.ts';
import type { Cloud } from './cloud-interface.ts';
import { completeFault, type FaultRequest } from './fault-request.ts';
import type { DataPlaneResponse } from './service.ts';
import { parseJson } from './wire/json.ts';
import type { HttpHead } from './wire/rest.ts';

interface ControlContext {
  readonly cloud: Cloud;
  readonly token: string;
}

type ControlRequest = HttpHead & { readonly body: Buffer };
/** `input` is the body's JSON, and the query's parameters as texts. */
type Handler = (input: Readonly<Record<string, unknown>>, context: ControlContext) => unknown;

const maxEvents = 1000;
const longestWaitMs = 20_000;

function count(name: string, given: unknown, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Error(`expected ${name} to be a whole number of 0 or more, got ${String(given)}`);
}

function severity(given: unknown): Severity {
  const value = given === undefined ? 'debug' : severities.find((one) => one === given);
  if (value) return value;
  throw new Error(`expected minSeverity to be one of ${severities.join(', ')}, got ${String(given)}`);
}

const textMembers = ['id', 'service', 'operation', 'resource'] as const;
const numberMembers = ['rate', 'seed', 'delayMs'] as const;

/** The first free id when none is given. */
function faultRequest(body: Readonly<Record<string, unknown>>, { faults }: Cloud): FaultRequest {
  const isText = (value: unknown) => value === undefined || typeof value === 'string';
  const isNumber = (value: unknown) => value === undefined || typeof value === 'number';
  const error: unknown = body.error;
  const errorFits =
    error === undefined ||
    (typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      typeof error.code === 'string' &&
      (!('message' in error) || isText(error.message)) &&
      (!('status' in error) || isNumber(error.status)));
  if (
    !textMembers.every((name) => isText(body[name])) ||
    !numberMembers.every((name) => isNumber(body[name])) ||
    !errorFits
  )
    throw new Error(
      'expected {id?, service?, operation?, resource?, rate?, seed?, delayMs?, error?: {code, message?, status?}}',
    );
  const taken = new Set(faults.list.map(({ id }) => id));
  let id = 1;
  while (taken.has(`fault-${id}`)) id++;
  return { id: `fault-${id}`, ...body };
}

const texts = (given: unknown): given is Readonly<Record<string, string>> =>
  isObject(given) && Object.values(given).every((value) => typeof value === 'string');

function contextQueries(given: unknown): ContextQuery[] {
  const wrong = new SlipwayError('local.invalid', 'the questions are not as they should be', {
    fix: 'give {queries: [{key, provider, props}]}, as under missing in the manifest of a cloud assembly',
  });
  if (!Array.isArray(given)) throw wrong;
  return given.map((query: unknown) => {
    if (!isObject(query)) throw wrong;
    const { key, provider, props } = query;
    if (typeof key !== 'string' || typeof provider !== 'string' || !isObject(props)) throw wrong;
    return { key, provider, props };
  });
}

function stacksToCheck(given: unknown): StackToCheck[] {
  const wrong = new SlipwayError('local.invalid', 'the stacks to check are not as they should be', {
    fix: 'give {stacks: [{stackName, template, parameters?, nested?, assets?, accountId?, region?}]}, all of it texts',
  });
  if (!Array.isArray(given)) throw wrong;
  return given.map((stack: unknown) => {
    if (!isObject(stack)) throw wrong;
    const { stackName, template, parameters = {}, nested = {}, assets = {}, accountId, region } = stack;
    if (typeof stackName !== 'string' || typeof template !== 'string') throw wrong;
    if (!texts(parameters) || !texts(nested) || !texts(assets)) throw wrong;
    const where = {
      ...(accountId === undefined ? {} : { accountId }),
      ...(region === undefined ? {} : { region }),
    };
    if (!texts(where)) throw wrong;
    return { stackName, template, parameters, nested, assets, ...where };
  });
}

const healthPath = '/_slipway/health';

const routes: ReadonlyMap<string, Handler> = new Map<string, Handler>(
  Object.entries<Handler>({
    'GET /_slipway/meter': (_, { cloud }) => ({
      records: cloud.meter.totals(),
      runningSeconds: cloud.meter.runningSeconds(),
    }),
    'GET /_slipway/actions': (_, { cloud }) => cloud.usedActions.list(),
    'GET /_slipway/samples': (_, { cloud }) => ({ samples: cloud.samples.list() }),
    'GET /_slipway/events': async ({ after, limit, minSeverity, wait }, { cloud }) => {
      const from = count('after', after, 0);
      await cloud.events.wait(from, Math.min(count('wait', wait, 0), longestWaitMs));
      return cloud.events.read({
        after: from,
        limit: Math.min(count('limit', limit, maxEvents), maxEvents),
        minSeverity: severity(minSeverity),
      });
    },
    'GET /_slipway/events/newest': ({ limit, minSeverity }, { cloud }) => ({
      events: cloud.events.newest(Math.min(count('limit', limit, 20), maxEvents), severity(minSeverity)),
    }),
    'GET /_slipway/failures': (_, { cloud }) => cloud.failures(),
    'GET /_slipway/scopes': async ({ service }, { cloud }) => ({
      scopes: await cloud.scopes(service === undefined ? undefined : String(service)),
    }),
    'GET /_slipway/resource-types': async (_, { cloud }) => ({ types: await cloud.resourceTypes() }),
    'POST /_slipway/check': async ({ stacks }, { cloud }) => ({
      stacks: await cloud.check(stacksToCheck(stacks)),
    }),
    'GET /_slipway/run-deprecated-as': async (_, { cloud }) => ({ runtimes: await cloud.runDeprecatedAs() }),
    'POST /_slipway/run-deprecated-as': async ({ runtimes }, { cloud }) => {
      if (!Array.isArray(runtimes) || !runtimes.every((one) => typeof one === 'string'))
        throw new SlipwayError('local.invalid', 'expected {runtimes: [name]}');
      return { runtimes: await cloud.runDeprecatedAs(runtimes) };
    },
    'POST /_slipway/look-up': ({ queries }, { cloud }) => cloud.lookUp(contextQueries(queries)),
    'GET /_slipway/faults': (_, { cloud }) => ({ faults: cloud.faults.list }),
    'POST /_slipway/faults': async (body, { cloud }) => {
      const rule = await completeFault(faultRequest(body, cloud), cloud.load);
      cloud.faults.add(rule);
      return { fault: rule };
    },
    'DELETE /_slipway/faults': ({ id }, { cloud }) => ({ removed: cloud.faults.remove(String(id)) }),
    'GET /_slipway/clock': (_, { cloud }) => ({ now: cloud.clock.now(), wall: cloud.clock.wall() }),
    'POST /_slipway/clock/advance': async ({ ms }, { cloud }) => {
      if (typeof ms !== 'number' || !(ms >= 0 && ms <= maxAdvanceDays * 86_400_000))
        throw new SlipwayError('local.invalid', 'time cannot move by that', {
          fix: `give 0 to ${maxAdvanceDays} days, in milliseconds`,
        });
      await cloud.clock.advance(ms);
      return { now: cloud.clock.now() };
    },
    'POST /_slipway/stop': (_, { cloud }) => {
      cloud.clock.soon(() => cloud.requestStop());
      return { stopping: true };
    },
  }),
);

export interface Control {
  /** @returns the answer to a request that lacks the token; its body is not read */
  refuse(head: HttpHead): DataPlaneResponse | undefined;
  answer(request: ControlRequest): Promise<DataPlaneResponse>;
}

export function createControl(context: ControlContext): Control {
  const expected = Buffer.from(context.token);
  return {
    refuse({ path, headers }) {
      if (path === healthPath) return undefined;
      const given = Buffer.from(String(headers['x-slipway-token'] ?? ''));
      if (given.length === expected.length && timingSafeEqual(given, expected)) return undefined;
      return json(403, {
        message: 'x-slipway-token is missing or wrong; it stands in runtime.json of the state folder',
      });
    },
    async answer(request) {
      if (request.path === healthPath)
        return json(200, { slipway: true, pid: process.pid, endpoint: context.cloud.endpoint });
      const handler = routes.get(`${request.method} ${request.path}`);
      if (!handler) return json(404, { message: `no control route ${request.method} ${request.path}` });
      try {
        const body: unknown = request.body.length > 0 ? parseJson(request.body) : {};
        if (!isObject(body)) throw new Error('expected the body to be a JSON object');
        return json(200, await handler({ ...Object.fromEntries(request.query), ...body }, context));
      } catch (error) {
        const { code, fix } = error instanceof SlipwayError ? error : {};
        return json(400, { message: reasonOf(error), code, fix });
      }
    },
  };
}

const json = (status: number, value: unknown): DataPlaneResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

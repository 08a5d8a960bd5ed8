/** The local cloud that runs on a state folder, as other commands see it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CloudAccess, ResourceTypes } from '../api/cloud-access.ts';
import { type ErrorCode, SlipwayError } from '../core/errors.ts';
import type { Scope } from '../core/regions.ts';
import type { ContextAnswers } from '../template/context-queries.ts';
import type { StackVerdict } from '../template/verdict.ts';
import { slipwayAt } from './health.ts';

export interface RunningCloud extends CloudAccess {
  readonly pid: number;
  readonly port: number;
  /** Calls the control interface. */
  control<T>(method: string, path: string, body?: object): Promise<T>;
}

interface Refusal {
  readonly message: string;
  /** Of an error for the user to fix. */
  readonly code?: ErrorCode;
  readonly fix?: string;
}

interface Runtime {
  readonly pid: number;
  readonly port: number;
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly token: string;
}

export const defaultState = '.slipway';
export const stateOption = {
  type: 'string',
  value: 'DIR',
  help: `state folder of the local cloud (default ${defaultState})`,
  values: { from: 'files' },
} as const;

/** @returns undefined when none runs */
export async function findRunning(stateDirectory: string): Promise<RunningCloud | undefined> {
  let runtime: Runtime;
  try {
    runtime = JSON.parse(readFileSync(join(stateDirectory, 'runtime.json'), 'utf8')) as Runtime;
  } catch {
    return undefined;
  }
  // Another process may have taken the port since.
  if ((await slipwayAt(runtime.endpoint, 2000)) !== runtime.pid) return undefined;
  const control: RunningCloud['control'] = async (method, path, body) => {
    const asked = fetch(`${runtime.endpoint}/_slipway/${path}`, {
      method,
      headers: { 'x-slipway-token': runtime.token },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { ok, value } = await asked
      .then(async (answer) => ({ ok: answer.ok, value: (await answer.json()) as Refusal }))
      .catch((cause: unknown) => {
        throw new SlipwayError(
          'local.not-running',
          `the local cloud on ${resolve(stateDirectory)} has stopped`,
          {
            fix: 'start it again with slipway up <folder> or slipway local',
            cause,
          },
        );
      });
    if (!ok && value.code !== undefined)
      throw new SlipwayError(value.code, value.message, value.fix === undefined ? {} : { fix: value.fix });
    if (!ok)
      throw new SlipwayError('internal', `the local cloud refused ${method} ${path}: ${value.message}`);
    return value as never;
  };
  return {
    ...runtime,
    credentials: { accessKeyId: runtime.accessKeyId, secretAccessKey: runtime.secretAccessKey },
    control,
    check: async (stacks) =>
      (await control<{ stacks: readonly StackVerdict[] }>('POST', 'check', { stacks })).stacks,
    scopes: async (service) =>
      (
        await control<{ scopes: readonly Scope[] }>(
          'GET',
          service === undefined ? 'scopes' : `scopes?service=${service}`,
        )
      ).scopes,
    runDeprecatedAs: async (runtimes) =>
      (
        await (runtimes
          ? control<{ runtimes: readonly string[] }>('POST', 'run-deprecated-as', { runtimes })
          : control<{ runtimes: readonly string[] }>('GET', 'run-deprecated-as'))
      ).runtimes,
    lookUp: (queries) => control<ContextAnswers>('POST', 'look-up', { queries }),
    resourceTypes: async () => (await control<{ types: ResourceTypes }>('GET', 'resource-types')).types,
  };
}

export async function requireRunning(stateDirectory: string): Promise<RunningCloud> {
  const running = await findRunning(stateDirectory);
  if (running) return running;
  throw new SlipwayError('local.not-running', `no local cloud runs on ${resolve(stateDirectory)}`, {
    fix: 'start one with slipway up <folder> or slipway local, or name its folder with --state',
  });
}

/** One app on a local cloud of its own: judged, and when nothing is refused deployed and called. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkApp } from '../../src/api/check-app.ts';
import type { CloudAccess } from '../../src/api/cloud-access.ts';
import { deployTarget } from '../../src/api/deploy-target.ts';
import { SlipwayError } from '../../src/core/errors.ts';
import { startCloud } from '../../src/local/cloud.ts';
import { blockersOf } from './blockers.ts';
import { callEndpoints, callFunctions } from './calls.ts';
import type { Tried } from './outcome.ts';
import { sampleParameters } from './parameters.ts';

export async function tryApp(target: string): Promise<Tried> {
  const started = performance.now();
  const stateDirectory = mkdtempSync(join(tmpdir(), 'slipway-outside-'));
  try {
    const cloud = await startCloud({ stateDirectory, port: 0 });
    try {
      return { ...(await run(target, cloud)), seconds: (performance.now() - started) / 1000 };
    } finally {
      await cloud.close();
    }
  } finally {
    rmSync(stateDirectory, { recursive: true, force: true });
  }
}

async function run(target: string, cloud: CloudAccess): Promise<Tried> {
  try {
    const parameters = await sampleParameters(target);
    const verdict = await checkApp({ target, cloud, parameters });
    const live = sum(verdict.stacks.map((one) => one.live));
    const kept = sum(verdict.stacks.map((one) => one.inert.length));
    const blockers = blockersOf(verdict);
    if (!verdict.runs) return { result: 'refused', blockers, live, kept };
    const { stacks } = await deployTarget({ target, cloud, parameters });
    const functions = await callFunctions(cloud);
    const endpoints = await callEndpoints(stacks.flatMap(({ outputs }) => Object.values(outputs)));
    const wrong =
      functions.some(({ cannotLoad }) => cannotLoad) || endpoints.some(({ answer }) => !/^\d/.test(answer));
    return { result: wrong ? 'wrong' : 'works', blockers: [], live, kept, functions, endpoints };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isUsers = error instanceof SlipwayError && error.fault === 'user';
    if (!isUsers || /bug in Slipway/.test(why)) return { result: 'wrong', blockers: [], why: stackOf(error) };
    const atTheStart = error.code !== 'local.deploy-failed' && error.code !== 'local.container-unsupported';
    return atTheStart ? { result: 'refused', blockers: [why], why } : { result: 'failed', blockers: [], why };
  }
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

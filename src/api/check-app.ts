/** The verdict on an app before anything is made: its templates, nested ones included, and its images. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { silentHost } from '../core/events.ts';
import { judgeAsset } from '../local/compute/images/push.ts';
import type { MissingParameter, StackVerdict } from '../template/verdict.ts';
import { type AppOptions, type AppStack, appStacks } from './app-stacks.ts';
import type { CloudAccess } from './cloud-access.ts';

export interface AppVerdict {
  /** Whether everything can be deployed. */
  readonly runs: boolean;
  /** In the order in which they are deployed. */
  readonly stacks: readonly StackVerdict[];
  /** What the images would be refused for, with what helps. */
  readonly images: readonly string[];
}

/** A temporary or a running cloud answers; what is there already, such as exports, counts. */
export async function checkApp(options: AppOptions): Promise<AppVerdict> {
  const { cloud, runDeprecatedAs } = options;
  const stacks = await appStacks({ host: silentHost, ...options });
  if (runDeprecatedAs === undefined) return judge(stacks, cloud);
  // A check leaves the cloud as it was.
  const before = await cloud.runDeprecatedAs();
  await cloud.runDeprecatedAs(runDeprecatedAs);
  try {
    return await judge(stacks, cloud);
  } finally {
    await cloud.runDeprecatedAs(before);
  }
}

export async function judge(stacks: readonly AppStack[], cloud: CloudAccess): Promise<AppVerdict> {
  const verdicts = await cloud.check(
    await Promise.all(
      stacks.map(async ({ stackName, scope, text, parameters, assets, assembly }) => ({
        stackName,
        ...scope,
        template: text,
        parameters,
        nested: await nestedTemplates(assets, assembly?.templateFile),
        assets: assetPaths(assets),
      })),
    ),
  );
  const judgedImages = stacks.map(({ assets }) => judgeImages(assets));
  const judged = verdicts.map((verdict, i) => ({
    ...verdict,
    wrong: [...missingFiles(stacks[i]?.assets ?? []), ...verdict.wrong],
    standIns: [...new Set([...verdict.standIns, ...(judgedImages[i]?.standIns ?? [])])],
  }));
  const images = [...new Set(judgedImages.flatMap(({ refusals }) => refusals))];
  const runs = images.length === 0 && judged.every((one) => one.wrong.length + one.refusals.length === 0);
  return { runs, stacks: judged, images };
}

const missingFiles = (assets: AppStack['assets']): string[] =>
  assets.flatMap((asset) =>
    asset.kind === 'file' && !existsSync(asset.path)
      ? [`the asset ${asset.displayName ?? asset.id} is not there: ${asset.path}`]
      : [],
  );

function judgeImages(assets: AppStack['assets']) {
  const verdicts = assets.flatMap((asset) => (asset.kind === 'image' ? [judgeAsset(asset)] : []));
  return {
    refusals: verdicts
      .flatMap(({ problems }) => problems)
      .map(({ message, fix }) => (fix ? `${message}\n  ${fix}` : message)),
    standIns: verdicts.flatMap(({ standIns }) => standIns),
  };
}

function assetPaths(assets: AppStack['assets']): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const asset of assets)
    if (asset.kind === 'file')
      for (const { objectKey } of asset.destinations)
        paths[objectKey.slice(objectKey.lastIndexOf('/') + 1)] = resolve(asset.path);
  return paths;
}

/** Templates among the assets of a stack, by the last part of the key that they are published under. */
async function nestedTemplates(
  assets: AppStack['assets'],
  templateFile: string | undefined,
): Promise<Record<string, string>> {
  const nested: Record<string, string> = {};
  for (const asset of assets) {
    if (asset.kind !== 'file' || asset.packaging !== 'file' || asset.path === templateFile) continue;
    if (!/\.(json|ya?ml|template)$/.test(asset.path) || !existsSync(asset.path)) continue;
    for (const { objectKey } of asset.destinations)
      nested[objectKey.slice(objectKey.lastIndexOf('/') + 1)] = await readFile(asset.path, 'utf8');
  }
  return nested;
}

/** @throws SlipwayError local.deploy-failed with everything that cannot be deployed */
export function refuseApp(verdict: AppVerdict): void {
  if (verdict.runs) return;
  throw new SlipwayError(
    'local.deploy-failed',
    `the app cannot be deployed, so nothing was made:\n${verdictLines(verdict).join('\n')}`,
    { fix: 'slipway check <app> gives this verdict alone; docs/reference/resource-types.md lists what runs' },
  );
}

export const describeParameter = ({ name, type, description, allowedValues }: MissingParameter): string =>
  [
    `${name} (${type})`,
    ...(description ? [description] : []),
    ...(allowedValues ? [`one of ${allowedValues.join(', ')}`] : []),
  ].join(': ');

/** In Lambda's words. */
const refusedRuntime = 'is no longer supported for creating or updating AWS Lambda functions';

/** More places of one reason than anybody reads; all of them are in the JSON. */
const mostPlaces = 10;

/** What cannot be deployed: what is wrong with a stack as a whole, then each reason with the resources it holds for. */
export function verdictLines({ stacks, images }: AppVerdict): string[] {
  const [only, ...others] = stacks;
  const single = others.length === 0 ? only : undefined;
  const lines: string[] = [];
  for (const { stackName, wrong, missing, refusals } of stacks) {
    if (wrong.length > 0 || (single && refusals.length > 0)) lines.push(`${stackName}:`);
    lines.push(
      ...wrong.map((one) => `  ${one}`),
      ...missing.map((one) => `    ${describeParameter(one)}; give it with --parameters ${one.name}=VALUE`),
    );
  }
  const byReason = new Map<string, string[]>();
  for (const { stackName, refusals } of stacks)
    for (const { type, what, logicalId, constructPath } of refusals) {
      const reason = `${type}: ${what}`;
      const place = constructPath ? `${logicalId} (${constructPath})` : logicalId;
      const places = byReason.get(reason) ?? [];
      byReason.set(reason, [...places, single ? place : `${stackName}: ${place}`]);
    }
  for (const [reason, places] of byReason) {
    const more = places.length - mostPlaces;
    lines.push(
      `  ${reason}${places.length > 1 ? ` (${places.length} resources)` : ''}`,
      ...places.slice(0, mostPlaces).map((place) => `    ${place}`),
      ...(more > 0 ? [`    and ${more} more, which slipway check --json lists`] : []),
    );
  }
  if (lines.some((line) => line.includes(refusedRuntime)))
    lines.push(
      '--run-deprecated-as RUNTIME, such as nodejs24.x or python3.13, runs functions of the runtimes that AWS takes no longer',
    );
  if (images.length > 0) lines.push('images:', ...images.map((one) => `  ${one.replaceAll('\n', '\n  ')}`));
  return lines;
}

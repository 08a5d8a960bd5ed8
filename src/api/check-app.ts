/** The verdict on an app before anything is made: its templates, nested ones included, and its images. */
import { readFile } from 'node:fs/promises';
import { SlipwayError } from '../core/errors.ts';
import { silentHost } from '../core/events.ts';
import { assetProblems } from '../local/compute/images/push.ts';
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
  return judge(await appStacks({ host: silentHost, ...options }), options.cloud);
}

export async function judge(stacks: readonly AppStack[], cloud: CloudAccess): Promise<AppVerdict> {
  const verdicts = await cloud.check(
    await Promise.all(
      stacks.map(async ({ stackName, text, parameters, assembly }) => ({
        stackName,
        template: text,
        parameters,
        nested: await nestedTemplates(assembly),
      })),
    ),
  );
  const images = [...new Set(stacks.flatMap(({ assembly }) => imageRefusals(assembly)))];
  const runs = images.length === 0 && verdicts.every((one) => one.wrong.length + one.refusals.length === 0);
  return { runs, stacks: verdicts, images };
}

function imageRefusals(assembly: AppStack['assembly']): string[] {
  return (assembly?.assets ?? [])
    .flatMap((asset) => (asset.kind === 'image' ? assetProblems(asset) : []))
    .map(({ message, fix }) => (fix ? `${message}\n  ${fix}` : message));
}

/** Templates among the assets of a stack, by the last part of the key that they are published under. */
async function nestedTemplates(assembly: AppStack['assembly']): Promise<Record<string, string>> {
  const nested: Record<string, string> = {};
  for (const asset of assembly?.assets ?? []) {
    if (asset.kind !== 'file' || asset.packaging !== 'file' || asset.path === assembly?.templateFile)
      continue;
    if (!/\.(json|ya?ml|template)$/.test(asset.path)) continue;
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

/** What cannot be deployed, by stack and by reason, with the resources that each reason holds for. */
export function verdictLines({ stacks, images }: AppVerdict): string[] {
  const lines: string[] = [];
  for (const { stackName, wrong, missing, refusals } of stacks) {
    if (wrong.length + refusals.length === 0) continue;
    lines.push(`${stackName}:`, ...wrong.map((one) => `  ${one}`));
    lines.push(
      ...missing.map((one) => `    ${describeParameter(one)}; give it with --parameters ${one.name}=VALUE`),
    );
    const byReason = new Map<string, string[]>();
    for (const { type, what, logicalId, constructPath } of refusals) {
      const reason = `${type}: ${what}`;
      const at = constructPath ? `${logicalId} (${constructPath})` : logicalId;
      byReason.set(reason, [...(byReason.get(reason) ?? []), at]);
    }
    for (const [reason, places] of byReason)
      lines.push(`  ${reason}`, ...places.map((place) => `    ${place}`));
  }
  if (images.length > 0) lines.push('images:', ...images.map((one) => `  ${one.replaceAll('\n', '\n  ')}`));
  return lines;
}

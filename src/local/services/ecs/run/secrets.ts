/**
 * Values of a container's secrets, read as the execution role: a parameter's name or ARN, or a secret's ARN with
 * optional `:json-key:version-stage:version-id`.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
import type { Secret } from '@aws-sdk/client-ecs';
import { formatArn, parseArn } from '../../../../core/arn.ts';
import { lookup } from '../../../../core/lookup.ts';
import type { Invoke } from '../../../service.ts';

export async function readSecrets(
  secrets: readonly Secret[] | undefined,
  invoke: Invoke,
): Promise<Record<string, string>> {
  const values = await Promise.all(
    (secrets ?? []).map(async ({ name = '', valueFrom = '' }) => [name, await read(valueFrom, invoke)]),
  );
  return Object.fromEntries(values);
}

async function read(from: string, invoke: Invoke): Promise<string> {
  const arn = parseArn(from);
  if (arn?.service !== 'secretsmanager') {
    const name = arn?.service === 'ssm' ? arn.resource.replace(/^parameter/, '') : from;
    const { Parameters = [] } = await invoke('ssm', 'GetParameters', { Names: [name], WithDecryption: true });
    const [found] = Parameters;
    if (found?.Value === undefined) throw new Error(`invalid ssm parameters: ${from}`);
    return found.Value;
  }
  const [kind, name, jsonKey, stage, version] = arn.resource.split(':');
  const { SecretString = '' } = await invoke('secretsmanager', 'GetSecretValue', {
    SecretId: formatArn({ ...arn, resource: `${kind}:${name}` }),
    ...(stage ? { VersionStage: stage } : {}),
    ...(version ? { VersionId: version } : {}),
  });
  if (!jsonKey) return SecretString;
  const value = lookup(JSON.parse(SecretString) as Record<string, unknown>, jsonKey);
  if (value === undefined)
    throw new Error(`retrieved secret from Secrets Manager did not contain json key ${jsonKey}`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

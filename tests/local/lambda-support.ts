/** What the tests of functions share: a role, and a zip made of texts. */
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import type { TestCloud } from './harness.ts';

export const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

export async function functionRole(
  cloud: TestCloud,
  name: string,
  managed: readonly string[] = ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
): Promise<string> {
  const iam = new IAMClient(cloud.client());
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  );
  for (const PolicyArn of managed) await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
  return Role?.Arn ?? '';
}

export interface Functions {
  readonly client: LambdaClient;
  create(
    name: string,
    files: Readonly<Record<string, string>>,
    more?: Partial<CreateFunctionCommandInput>,
  ): Promise<void>;
  /** Invokes and parses the answer. */
  call(name: string, event?: unknown, more?: Partial<InvokeCommandInput>): Promise<Answer>;
}

export interface Answer {
  readonly status: number | undefined;
  readonly error: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the function under test answered
  readonly payload: any;
  readonly log: string;
  readonly version: string | undefined;
}

export function functionsOf(cloud: TestCloud, role: string): Functions {
  const client = new LambdaClient(cloud.client());
  return {
    client,
    async create(name, files, more = {}) {
      await client.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Role: role,
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Code: { ZipFile: zip(files) },
          ...more,
        }),
      );
    },
    async call(name, event = {}, more = {}) {
      const answer = await client.send(
        new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)), ...more }),
      );
      const text = answer.Payload?.transformToString() ?? '';
      return {
        status: answer.StatusCode,
        error: answer.FunctionError,
        payload: text === '' ? undefined : (JSON.parse(text) as unknown),
        log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
        version: answer.ExecutedVersion,
      };
    },
  };
}

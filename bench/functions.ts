/**
 * Cold and warm invocations of functions, through the SDK's client. `npm run bench -- functions`.
 * A cold one is the first after a change of the configuration; each is measured `rounds` times.
 */
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  type Runtime,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { testCloud } from '../tests/local/harness.ts';
import { functionRole, zip } from '../tests/local/lambda-support.ts';

const rounds = 15;
const functions: Record<string, { Runtime: Runtime; files: Record<string, string> }> = {
  node: { Runtime: 'nodejs20.x', files: { 'index.mjs': 'export const handler = async (event) => event;' } },
  python: {
    Runtime: 'python3.11',
    files: { 'index.py': 'def handler(event, context):\n    return event\n' },
  },
  shell: {
    Runtime: 'provided.al2023',
    files: {
      bootstrap: `#!/bin/sh
while true; do
  headers=$(mktemp)
  event=$(curl -sS -LD "$headers" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next")
  id=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  curl -sS "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$id/response" -d "$event" >/dev/null
done`,
    },
  },
};
const p = (times: number[], q: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * q)]?.toFixed(2);
const cloud = await testCloud();
const client = new LambdaClient(cloud.client());
const role = await functionRole(cloud, 'bench');
for (const [name, { Runtime, files }] of Object.entries(functions)) {
  if (process.argv.length > 2 && !process.argv.includes(name)) continue;
  await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role,
      Handler: 'index.handler',
      Runtime,
      Code: { ZipFile: zip(files) },
    }),
  );
  const invoke = async () => {
    const begun = performance.now();
    const answer = await client.send(new InvokeCommand({ FunctionName: name, Payload: '{"a":1}' }));
    if (answer.FunctionError) throw new Error(answer.Payload?.transformToString());
    return performance.now() - begun;
  };
  const cold: number[] = [];
  for (let i = 0; i < rounds; i++) {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Description: `${i}` }));
    cold.push(await invoke());
  }
  for (let i = 0; i < 200; i++) await invoke();
  const warm: number[] = [];
  for (let i = 0; i < 1000; i++) warm.push(await invoke());
  console.log(
    `${name}: cold p50 ${p(cold, 0.5)} ms, p90 ${p(cold, 0.9)}; warm p50 ${p(warm, 0.5)} ms, p90 ${p(warm, 0.9)}`,
  );
}
await cloud.dispose();

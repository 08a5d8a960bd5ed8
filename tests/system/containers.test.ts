/**
 * Apps whose Dockerfiles are ordinary ones, brought up with one command: without a network, and FastAPI from PyPI where
 * that answers.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { viewsMissing } from '../../src/local/compute/images/view.ts';
import { slipwayIn } from './cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-containers-'));
/** How this machine reaches the registries, as a shell would have it. */
const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(PIP_|SSL_|REQUESTS_|CURL_|NODE_EXTRA_|.*_proxy$)/i.test(name),
  ),
);
const slipway = slipwayIn(() => folder, { ...network, XDG_CACHE_HOME: join(folder, 'cache') });

symlinkSync(join(import.meta.dirname, '..', '..', 'node_modules'), join(folder, 'node_modules'));
afterEach(() => slipway('down', '--purge'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A service of one container, and what else the app has. */
const app = (name: string, more = '') => `
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
const stack = new Stack(new App(), '${name}');
const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 });
const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
const task = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 512 });
task.addContainer('api', {
  image: ecs.ContainerImage.fromAsset('api'),
  portMappings: [{ containerPort: 8000 }],
  logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'api' }),
  healthCheck: {
    command: ['CMD-SHELL', 'python healthy.py'], interval: Duration.seconds(5), retries: 10,
  },
});
new ecs.FargateService(stack, 'Service', { cluster, taskDefinition: task, desiredCount: 1, minHealthyPercent: 100 });
${more}`;

const healthy = `import os, sys, urllib.request
sys.exit(urllib.request.urlopen("http://localhost:%s/" % os.environ["PORT"]).status != 200)`;

/** The answer of the container, whose address its log tells. */
async function answer(): Promise<unknown> {
  for (;;) {
    const { stdout } = await slipway('logs');
    const address = /running on (http:\S+\d)/i.exec(stdout)?.[1];
    if (address) return (await fetch(address)).json();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe.skipIf(viewsMissing() !== undefined)('an app with Dockerfiles', () => {
  it('comes up without a network, its container and its image function alike', {
    timeout: 120_000,
  }, async () => {
    write({
      'cdk.json': JSON.stringify({ app: 'node app.mjs' }),
      'app.mjs': app(
        'Local',
        `new lambda.DockerImageFunction(stack, 'Function', {
          functionName: 'image', code: lambda.DockerImageCode.fromImageAsset('function'), timeout: Duration.seconds(20),
        });`,
      ),
      'api/Dockerfile': `FROM public.ecr.aws/docker/library/python:3-slim AS build
WORKDIR /build
RUN python -m venv /opt/venv && echo 'value = "from a step"' > "$(/opt/venv/bin/python -c 'import site; print(site.getsitepackages()[0])')/made.py"
FROM python:3-slim
ENV PATH=/opt/venv/bin:$PATH PORT=8000 PYTHONUNBUFFERED=1
RUN useradd --create-home app
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/app
COPY . .
USER app
CMD python main.py`,
      'api/healthy.py': healthy,
      'api/main.py': `import getpass, json, os, made
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps([made.value, os.getcwd(), getpass.getuser()]).encode())
server = HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler)
print("Running on http://127.0.0.1:%d" % server.server_port)
server.serve_forever()`,
      'function/Dockerfile':
        'FROM public.ecr.aws/lambda/nodejs:20\nCOPY app.mjs ./\nRUN echo "made by a step" > made.txt\nCMD ["app.handler"]',
      'function/app.mjs':
        'import { readFileSync } from "node:fs";\nexport const handler = async (event) => [event, readFileSync("made.txt", "utf8")];',
    });
    expect(await slipway('check', '.')).toMatchObject({ code: 0 });
    const up = await slipway('up', '.', '--detach', '--port', '0', '--json');
    expect(up).toMatchObject({ code: 0 });
    expect(await answer()).toEqual(['from a step', '/srv/app', 'app']);
    const runtime = JSON.parse(readFileSync(join(folder, '.slipway', 'runtime.json'), 'utf8'));
    const { endpoint, accessKeyId, secretAccessKey } = runtime;
    const client = new LambdaClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
    });
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'image', Payload: '1' }));
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual([1, 'made by a step\n']);
  });

  it('serves FastAPI with SQLAlchemy, installed from PyPI by a requirements file', {
    timeout: 240_000,
  }, async (context) => {
    const registry = await fetch('https://pypi.org/simple/fastapi/', {
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined);
    if (!registry?.ok) context.skip('PyPI does not answer');
    write({
      'cdk.json': JSON.stringify({ app: 'node app.mjs' }),
      'app.mjs': app('Fast'),
      'api/Dockerfile': `FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PORT=8000
WORKDIR /app
COPY requirements.txt .
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
COPY . .
EXPOSE 8000
CMD ["sh", "-c", "uvicorn main:app --host 0.0.0.0 --port $PORT"]`,
      'api/requirements.txt': 'fastapi\nuvicorn\nsqlalchemy\n',
      'api/healthy.py': healthy,
      'api/main.py': `from fastapi import FastAPI
from sqlalchemy import create_engine, text
engine = create_engine("sqlite:////tmp/app.db")
app = FastAPI()
@app.get("/")
def root():
    with engine.connect() as connection:
        return {"answer": connection.execute(text("select 41 + 1")).scalar()}`,
    });
    const up = await slipway('up', '.', '--detach', '--port', '0');
    expect(up).toMatchObject({ code: 0 });
    expect(up.stdout + up.stderr).toContain('RUN pip install -r requirements.txt');
    expect(await answer()).toEqual({ answer: 42 });
    await slipway('down', '--purge');
    const again = await slipway('up', '.', '--detach', '--port', '0');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout + again.stderr).not.toContain('RUN pip install');
  });
});

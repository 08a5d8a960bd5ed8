/** A local cloud on a free port and a fresh state folder, and real SDK clients pointed at it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudOptions, startCloud } from '../../src/local/cloud.ts';
import type { Cloud } from '../../src/local/cloud-interface.ts';

export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts: number;
}

export interface TestCloud extends Cloud {
  /** Options for any SDK client: `new SQSClient(cloud.client())`. Other credentials may be given. */
  client(credentials?: ClientOptions['credentials']): ClientOptions;
  readonly stateDirectory: string;
  /** Stops it and deletes its state. */
  dispose(): Promise<void>;
}

export async function testCloud(options: Partial<CloudOptions> = {}): Promise<TestCloud> {
  const stateDirectory = options.stateDirectory ?? mkdtempSync(join(tmpdir(), 'slipway-test-'));
  const cloud = await startCloud({
    port: 0,
    host: {
      notify(event) {
        // A bug of ours must not hide behind a client's retry.
        if (event.name === 'slipway.failed') console.error(event.data);
      },
    },
    ...options,
    stateDirectory,
  });
  return {
    ...cloud,
    stateDirectory,
    client: (credentials = cloud.credentials) => ({
      endpoint: cloud.endpoint,
      region: cloud.region,
      credentials,
      maxAttempts: 1,
    }),
    async dispose() {
      await cloud.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}

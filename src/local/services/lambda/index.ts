/**
 * AWS Lambda: functions of the runtimes for Node.js and Python and of those that bring their own, each in processes of
 * its own. Container images run in views of their own. Refused by name: other runtimes, SnapStart, provisioned concurrency, event
 * sources other than SQS.
 */
import { join } from 'node:path';
import { createBroughtPackages } from '../../compute/functions/brought-packages.ts';
import { createCodeStore } from '../../compute/functions/code-store.ts';
import { createReaper } from '../../compute/tasks/reaper.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { LambdaContext } from './context.ts';
import { createEventQueue } from './event-queue.ts';
import { createFunctionUrls } from './function-urls/serve.ts';
import { createFunctionImages } from './images.ts';
import { createMappings } from './mappings.ts';
import * as operations from './operations/index.ts';
import { createPreparations } from './preparations.ts';
import { openRecords } from './records.ts';
import { resourceTypes } from './resources/index.ts';
import { createRunner } from './runner.ts';

export function createLambda(env: ServiceEnvironment): Service {
  const records = openRecords(env.store);
  const directory = join(env.store.directory, 'lambda');
  const code = createCodeStore(directory);
  const packages = createBroughtPackages(process.cwd(), (what) =>
    env.host.notify({ name: 'packages.fetching', data: { what } }),
  );
  const images = createFunctionImages(env, packages, join(directory, 'images'));
  const prepare = createPreparations(code, packages);
  const runner = createRunner({
    env,
    records,
    prepare,
    code,
    images,
    temporary: join(directory, 'tmp'),
    reaper: createReaper(join(directory, 'processes')),
  });
  const events = createEventQueue(env, records, runner);
  const mappings = createMappings(env, records, runner);
  const context: LambdaContext = { env, records, code, images, prepare, runner, events, mappings };
  const urls = createFunctionUrls(context);
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes,
    serve: (request) => urls.serve(request),
    serves: (address) => urls.serves(address),
    start() {
      events.start();
      mappings.start();
    },
    async stop() {
      events.stop();
      mappings.stop();
      await urls.stop();
      await runner.stop();
      await code.close();
    },
  };
}

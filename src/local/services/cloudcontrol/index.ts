/**
 * AWS Cloud Control API: one set of calls for the resources of every CloudFormation type that is here, live or kept,
 * over the handlers that stacks use. TypeVersionId and private types are refused by name.
 */
import type { Extras, Service, ServiceEnvironment } from '../../service.ts';
import type { CloudControlContext } from './context.ts';
import type { RequestRecord, ResourceRecord } from './model.ts';
import * as operations from './operations/index.ts';
import { isRunning } from './requests.ts';

export function createCloudControl(env: ServiceEnvironment, extras: Extras): Service {
  const context: CloudControlContext = {
    env,
    requests: env.store.collection<RequestRecord>('cloudcontrol/requests'),
    resources: env.store.collection<ResourceRecord>('cloudcontrol/resources'),
    running: new Map(),
    resourceType: extras.resourceType,
    made: extras.made,
  };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    made: (type) => [...context.resources.values({ prefix: type })],
    start() {
      for (const one of [...context.requests.values()])
        if (isRunning(one))
          context.requests.put(one.token, {
            ...one,
            status: 'FAILED',
            errorCode: 'ServiceInternalError',
            message:
              'The local cloud stopped in the middle of this request: look whether the resource is there.',
          });
    },
    async stop() {
      for (const controller of context.running.values()) controller.abort();
      context.running.clear();
    },
  };
}

/** A service of one cloud, loaded on first use: its schema, its behaviour, its operations by name. */
import type { AnyOperation, Service, ServiceEnvironment } from '../service.ts';
import type { Extras, ServiceEntry } from '../services/registry.ts';
import { type RestRoute, restRouter, type WireRequest } from '../wire/rest.ts';
import { type OperationShape, readServiceSchema, type ServiceSchema } from '../wire/shape.ts';

export interface LoadedService {
  readonly entry: ServiceEntry;
  readonly schema: ServiceSchema;
  readonly service: Service;
  readonly operations: ReadonlyMap<string, AnyOperation>;
  route(
    request: Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>,
    accept?: (operation: OperationShape) => boolean,
  ): RestRoute | undefined;
}

export async function loadService(
  entry: ServiceEntry,
  environment: ServiceEnvironment,
  extras: Extras,
): Promise<LoadedService> {
  const [module, service] = await Promise.all([entry.schema(), entry.create(environment, extras)]);
  const schema = readServiceSchema(module);
  const operations = new Map(service.operations.map((operation) => [operation.name, operation]));
  for (const name of operations.keys())
    if (!schema.operations.has(name))
      throw new Error(`${entry.id}: ${name} is not an operation of the SDK's model`);
  let router: ReturnType<typeof restRouter> | undefined;
  return {
    entry,
    schema,
    service,
    operations,
    route(request, accept) {
      router ??= restRouter(schema);
      return router(request, accept);
    },
  };
}

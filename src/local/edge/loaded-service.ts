/** A service of one cloud, loaded on first use: its schema, its behaviour, its operations by name. */
import type { AnyOperation, Extras, Service, ServiceEnvironment } from '../service.ts';
import type { ServiceEntry } from '../services/registry.ts';
import { type RestRouter, restRouter } from '../wire/rest-router.ts';
import { type OperationShape, readServiceSchema, type ServiceSchema } from '../wire/shape.ts';
import { compileConstraints, type InputCheck, membersThatMayBeEmpty } from './constraints.ts';

/** An operation with what the edge asks of it in every call. */
export interface LoadedOperation {
  readonly behaviour: AnyOperation;
  readonly shape: OperationShape;
  /** Input members that are honoured; undefined when all of them are. */
  readonly accepts: ReadonlySet<string> | undefined;
  readonly required: readonly string[];
  /** Required members for which empty text is a value. */
  readonly mayBeEmpty: ReadonlySet<string>;
  /** Throws when the input breaks the service's model. */
  readonly check: InputCheck | undefined;
}

export interface LoadedService {
  readonly entry: ServiceEntry;
  readonly schema: ServiceSchema;
  readonly service: Service;
  /** Undefined when the service does not have it. */
  operation(name: string): LoadedOperation | undefined;
  readonly route: RestRouter;
}

export async function loadService(
  entry: ServiceEntry,
  environment: ServiceEnvironment,
  extras: Extras,
): Promise<LoadedService> {
  const { constraints } = entry;
  const [module, service, limits] = await Promise.all([
    entry.schema(),
    entry.create(environment, extras),
    constraints?.data(),
  ]);
  const schema = readServiceSchema(module);
  const behaviours = new Map(service.operations.map((operation) => [operation.name, operation]));
  for (const name of behaviours.keys())
    if (!schema.operations.has(name))
      throw new Error(`${entry.id}: ${name} is not an operation of the SDK's model`);
  const operations = new Map<string, LoadedOperation>();
  let router: RestRouter | undefined;
  return {
    entry,
    schema,
    service,
    operation(name) {
      const known = operations.get(name);
      if (known) return known;
      const [behaviour, shape] = [behaviours.get(name), schema.operations.get(name)];
      if (!behaviour || !shape) return undefined;
      const loaded = {
        behaviour,
        shape,
        accepts: behaviour.accepts === 'all' ? undefined : new Set<string>(behaviour.accepts),
        required: shape.input.members.filter(({ required }) => required).map((member) => member.name),
        mayBeEmpty: limits ? membersThatMayBeEmpty(limits.default, name) : new Set<string>(),
        check: constraints && limits && compileConstraints(limits.default, name, constraints),
      };
      operations.set(name, loaded);
      return loaded;
    },
    route(head, path, outside) {
      router ??= restRouter(schema, entry.addressedBy?.member);
      return router(head, path, outside);
    },
  };
}

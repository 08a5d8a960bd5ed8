/**
 * A service of one cloud, loaded on first use. Its model (schema, routes, checks of inputs) is the same in every account
 * and region and is made once; its behaviour is that of one of them.
 */
import type { AnyOperation, Extras, Service, ServiceEnvironment } from '../service.ts';
import type { ServiceEntry } from '../services/registry.ts';
import { type RestRouter, restRouter } from '../wire/rest-router.ts';
import { type OperationShape, readServiceSchema, type ServiceSchema } from '../wire/shape.ts';
import { compileConstraints, type InputCheck, membersThatMayBeEmpty } from './constraints.ts';

interface OperationModel {
  readonly shape: OperationShape;
  readonly required: readonly string[];
  /** Required members for which empty text is a value. */
  readonly mayBeEmpty: ReadonlySet<string>;
  /** Throws when the input breaks the service's model. */
  readonly check: InputCheck | undefined;
}

/** An operation with what the edge asks of it in every call. */
export interface LoadedOperation extends OperationModel {
  readonly behaviour: AnyOperation;
  /** Input members that are honoured; undefined when all of them are. */
  readonly accepts: ReadonlySet<string> | undefined;
}

export interface ServiceModel {
  readonly entry: ServiceEntry;
  readonly schema: ServiceSchema;
  readonly route: RestRouter;
  /** Undefined when AWS's model does not have it. */
  operationModel(name: string): OperationModel | undefined;
}

export interface LoadedService extends ServiceModel {
  readonly service: Service;
  /** Undefined when the service does not have it. */
  operation(name: string): LoadedOperation | undefined;
}

export async function loadModel(entry: ServiceEntry): Promise<ServiceModel> {
  const { constraints } = entry;
  const [module, limits] = await Promise.all([entry.schema(), constraints?.data()]);
  const schema = readServiceSchema(module);
  const operations = new Map<string, OperationModel>();
  let router: RestRouter | undefined;
  return {
    entry,
    schema,
    operationModel(name) {
      const known = operations.get(name);
      if (known) return known;
      const shape = schema.operations.get(name);
      if (!shape) return undefined;
      const made = {
        shape,
        required: shape.input.members.filter(({ required }) => required).map((member) => member.name),
        mayBeEmpty: limits ? membersThatMayBeEmpty(limits.default, name) : new Set<string>(),
        check: constraints && limits && compileConstraints(limits.default, name, constraints),
      };
      operations.set(name, made);
      return made;
    },
    route(head, path, outside) {
      router ??= restRouter(schema, entry.addressedBy?.member);
      return router(head, path, outside);
    },
  };
}

export async function loadService(
  model: ServiceModel,
  environment: ServiceEnvironment,
  extras: Extras,
): Promise<LoadedService> {
  const { entry, schema } = model;
  const service = await entry.create(environment, extras);
  const behaviours = new Map(service.operations.map((operation) => [operation.name, operation]));
  for (const name of behaviours.keys())
    if (!schema.operations.has(name))
      throw new Error(`${entry.id}: ${name} is not an operation of the SDK's model`);
  const operations = new Map<string, LoadedOperation>();
  return {
    ...model,
    service,
    operation(name) {
      const known = operations.get(name);
      if (known) return known;
      const [behaviour, shared] = [behaviours.get(name), model.operationModel(name)];
      if (!behaviour || !shared) return undefined;
      const loaded = {
        ...shared,
        behaviour,
        accepts: behaviour.accepts === 'all' ? undefined : new Set<string>(behaviour.accepts),
      };
      operations.set(name, loaded);
      return loaded;
    },
  };
}

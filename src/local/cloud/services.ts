/**
 * The services of one cloud, each built for an account and region when it is first used there, and taken up again at
 * the next start.
 */
import { globalRegion, type Scope, sameScope } from '../../core/regions.ts';
import { inputProblems } from '../edge/dispatch.ts';
import { exampleAnswer } from '../edge/example-answer.ts';
import { type LoadedService, loadModel, loadService, type ServiceModel } from '../edge/loaded-service.ts';
import type { Accounts } from '../iam/accounts.ts';
import { accountStore } from '../iam/accounts.ts';
import { keptBecause, keptType } from '../kept/index.ts';
import {
  type Extras,
  type ResourceType,
  type Service,
  type ServiceEnvironment,
  unsupported,
} from '../service.ts';
import { type ServiceEntry, services } from '../services/registry.ts';
import type { Store } from '../store/store.ts';
import { entryOf } from './call-scope.ts';

export interface CloudServices {
  /** What holds for a service in every account and region. */
  model(id: string): ServiceModel | Promise<ServiceModel>;
  load(id: string, scope: Scope): LoadedService | Promise<LoadedService>;
  /** For a look, such as a check of templates: the service does not count as used there. */
  peek(id: string, scope: Scope): LoadedService | Promise<LoadedService>;
  /** Every service that was asked for so far and could be built. */
  loaded(): Promise<readonly Service[]>;
  /** The CloudFormation types of those, and those that are kept. */
  resourceTypes(): Promise<Readonly<Record<string, Pick<ResourceType, 'mode' | 'because'>>>>;
  /** Where services, or one of them, were used so far; the home region first. */
  scopes(id?: string): readonly Scope[];
  /** Loads what was loaded in earlier runs. */
  resume(failed: (id: string, error: unknown) => void): void;
}

interface ServicesContext {
  readonly accounts: Accounts;
  readonly home: Scope;
  readonly store: Store;
  environment(scope: Scope): ServiceEnvironment;
  /** Loaded in earlier runs. */
  readonly active: readonly string[];
  saveActive(ids: readonly string[]): void;
}

/** A service as it is kept which of them are in use: `sqs` is that of the home region. */
interface Place {
  readonly id: string;
  readonly scope: Scope;
}

export function createServices(context: ServicesContext): CloudServices {
  const { home, accounts } = context;
  const models = new Map<string, ServiceModel | Promise<ServiceModel>>();
  const built = new Map<string, LoadedService | Promise<LoadedService>>();
  const active = new Map(context.active.map((text): [string, Place] => [text, readPlace(text, home)]));

  function extrasOf(scope: Scope): Extras {
    return {
      identities: accounts.of(scope.accountId),
      accounts,
      environmentOf: context.environment,
      async resourceType(type) {
        const namespace = type.split('::').slice(0, 2).join('::');
        const entry = services.find((one) => one.cloudformation.includes(namespace));
        const types = entry && (await peek(entry.id, scope)).service.resourceTypes;
        return types?.find((one) => one.type === type) ?? keptType(type, context.environment(scope));
      },
      async made(type) {
        const makers = await Promise.all(['cloudformation', 'cloudcontrol'].map((id) => peek(id, scope)));
        return makers.flatMap(({ service }) => service.made?.(type) ?? []);
      },
      async findOperation(id, name) {
        const { schema, operation } = await peek(id, scope);
        const found = operation(name);
        return found && { shape: found.shape, errors: new Set(schema.errors.keys()) };
      },
      async rehearse(id, operation, input) {
        const service = await peek(id, scope);
        return {
          problems: [...inputProblems(service, operation, { ...input })],
          answer: exampleAnswer(service.schema.operations.get(operation), id, context.environment(scope)),
        };
      },
    };
  }

  async function build(entry: ServiceEntry, scope: Scope, text: string): Promise<LoadedService> {
    const own = context.environment(scope);
    const environment: ServiceEnvironment = {
      ...own,
      // Its timers are known by its name.
      clock: own.clock.ownedBy(text),
      ...(entry.global ? { store: accountStore(context.store, scope.accountId, home.accountId) } : {}),
    };
    const loaded = await loadService(await model(entry.id), environment, extrasOf(scope));
    await loaded.service.start?.();
    return loaded;
  }

  function model(id: string): ServiceModel | Promise<ServiceModel> {
    return once(models, id, async () => {
      const entry = entryOf(id);
      if (!entry) throw unsupported(`the service ${id}`);
      return loadModel(entry);
    });
  }

  function peek(id: string, scope: Scope): LoadedService | Promise<LoadedService> {
    const { entry, seat, text } = placeOf(id, scope, home);
    return once(built, text, () => build(entry, seat, text));
  }

  function load(id: string, scope: Scope): LoadedService | Promise<LoadedService> {
    const { entry, seat, text } = placeOf(id, scope, home);
    const loading = once(built, text, () => build(entry, seat, text));
    if (!active.has(text)) {
      active.set(text, { id, scope: seat });
      context.saveActive([...active.keys()]);
    }
    return loading;
  }

  async function loaded(): Promise<readonly Service[]> {
    const settled = await Promise.allSettled(built.values());
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.service] : []));
  }

  return {
    model,
    load,
    peek,
    loaded,
    async resourceTypes() {
      const types = (await loaded()).flatMap((service) => service.resourceTypes ?? []);
      return {
        ...Object.fromEntries(
          Object.entries(keptBecause).map(([type, because]) => [type, { mode: 'inert' as const, because }]),
        ),
        ...Object.fromEntries(
          types.map(({ type, mode, because }) => [type, { mode, ...(because ? { because } : {}) }]),
        ),
      };
    },
    scopes(id) {
      const places = [...active.values()].filter((one) => id === undefined || one.id === id);
      const all = new Map(places.map(({ scope }) => [`${scope.accountId}/${scope.region}`, scope]));
      return [...all.values()].sort((a, b) => Number(sameScope(b, home)) - Number(sameScope(a, home)));
    },
    resume(failed) {
      for (const { id, scope } of [...active.values()]) {
        const loading = Promise.resolve().then(() => load(id, scope));
        loading.catch((error: unknown) => failed(id, error));
      }
    },
  };
}

/** @throws NotImplemented for a service that is not here */
function placeOf(id: string, scope: Scope, home: Scope) {
  const entry = entryOf(id);
  if (!entry) throw unsupported(`the service ${id}`);
  const seat = seatOf(entry, scope, home);
  return { entry, seat, text: placeText(entry, seat, home) };
}

/** Where the service is that serves an account and region. */
function seatOf(entry: ServiceEntry, scope: Scope, home: Scope): Scope {
  if (entry.partitionWide) return home;
  return entry.global ? { accountId: scope.accountId, region: globalRegion } : scope;
}

/** Those of the home account and region have the service's name alone. */
function placeText({ id, global }: ServiceEntry, { accountId, region }: Scope, home: Scope): string {
  if (accountId === home.accountId && (global || region === home.region)) return id;
  return global ? `${id} ${accountId}` : `${id} ${accountId} ${region}`;
}

function readPlace(text: string, home: Scope): Place {
  const [id = '', accountId = home.accountId, region] = text.split(' ');
  const usual = entryOf(id)?.global ? globalRegion : home.region;
  return { id, scope: { accountId, region: region ?? usual } };
}

/** What is made once by key; a failure is tried again by the next call. */
function once<T>(made: Map<string, T | Promise<T>>, key: string, make: () => Promise<T>): T | Promise<T> {
  const known = made.get(key);
  if (known !== undefined) return known;
  const making = make();
  making.then(
    (value) => made.set(key, value),
    () => made.delete(key),
  );
  made.set(key, making);
  return making;
}

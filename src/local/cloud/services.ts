/** The services of one cloud, each built when it is first used and taken up again at the next start. */
import { inputProblems } from '../edge/dispatch.ts';
import { exampleAnswer } from '../edge/example-answer.ts';
import { type LoadedService, loadService } from '../edge/loaded-service.ts';
import type { IdentityStore } from '../iam/identity-store.ts';
import {
  type Rehearsal,
  type ResourceType,
  type Service,
  type ServiceEnvironment,
  unsupported,
} from '../service.ts';
import { services } from '../services/registry.ts';

export interface CloudServices {
  load(id: string): Promise<LoadedService>;
  /** Every service that was asked for so far and could be built. */
  loaded(): Promise<readonly Service[]>;
  /** The CloudFormation types of those. */
  resourceTypes(): Promise<Readonly<Record<string, Pick<ResourceType, 'mode' | 'because'>>>>;
  /** Loads what was loaded in earlier runs. */
  resume(failed: (id: string, error: unknown) => void): void;
}

interface ServicesContext {
  readonly identities: IdentityStore;
  readonly environment: ServiceEnvironment;
  /** Loaded in earlier runs. */
  readonly active: readonly string[];
  saveActive(ids: readonly string[]): void;
}

export function createServices(context: ServicesContext): CloudServices {
  const promises = new Map<string, Promise<LoadedService>>();
  const active = new Set(context.active);
  const extras = { identities: context.identities, resourceTypes: typesOf, rehearse };

  async function typesOf(namespace: string): Promise<readonly ResourceType[] | undefined> {
    const entry = services.find((s) => s.cloudformation.includes(namespace));
    return entry ? ((await load(entry.id)).service.resourceTypes ?? []) : undefined;
  }

  async function rehearse(id: string, operation: string, input: object): Promise<Rehearsal> {
    const service = await load(id);
    return {
      problems: [...inputProblems(service, operation, { ...input })],
      answer: exampleAnswer(service.schema.operations.get(operation), id, context.environment),
    };
  }

  async function build(id: string): Promise<LoadedService> {
    const entry = services.find((s) => s.id === id);
    if (!entry) throw unsupported(`the service ${id}`);
    // Its timers are known by its name.
    const environment = { ...context.environment, clock: context.environment.clock.ownedBy(id) };
    const loaded = await loadService(entry, environment, extras);
    if (!active.has(id)) {
      active.add(id);
      context.saveActive([...active]);
    }
    await loaded.service.start?.();
    return loaded;
  }

  function load(id: string): Promise<LoadedService> {
    const known = promises.get(id);
    if (known) return known;
    const promise = build(id);
    // A failed load is tried again by the next call.
    promise.catch(() => promises.delete(id));
    promises.set(id, promise);
    return promise;
  }

  async function loaded(): Promise<readonly Service[]> {
    const settled = await Promise.allSettled(promises.values());
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.service] : []));
  }

  return {
    load,
    loaded,
    async resourceTypes() {
      const types = (await loaded()).flatMap((service) => service.resourceTypes ?? []);
      return Object.fromEntries(
        types.map(({ type, mode, because }) => [type, { mode, ...(because ? { because } : {}) }]),
      );
    },
    resume(failed) {
      for (const id of active) load(id).catch((error: unknown) => failed(id, error));
    },
  };
}

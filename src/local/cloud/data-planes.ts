/**
 * Which account's and region's service answers a request that nobody signed: an API's, a distribution's, a registry's.
 * The ids in such requests are random, so that the services can be asked one by one; where there is one, it is the one.
 */
import { regions, type Scope } from '../../core/regions.ts';
import type { LoadedService } from '../edge/loaded-service.ts';
import type { DataPlaneAddress } from '../service.ts';

export interface DataPlanes {
  /** The service that has what is named. Undefined when the host names a region that has no such service. */
  find(id: string, address: DataPlaneAddress): Promise<LoadedService | undefined>;
}

interface DataPlanesContext {
  readonly home: Scope;
  /** The other services whose requests have the same form, as those of REST and HTTP APIs do. */
  sharing(id: string): readonly string[];
  /** Where the service was used so far, the home region first. */
  scopesOf(id: string): readonly Scope[];
  load(id: string, scope: Scope): LoadedService | Promise<LoadedService>;
}

export const createDataPlanes = ({ home, sharing, scopesOf, load }: DataPlanesContext): DataPlanes => {
  const found = async (id: string, address: DataPlaneAddress): Promise<LoadedService | undefined> => {
    const all = scopesOf(id);
    const region = regionOf(address.host);
    const scopes = region === undefined ? all : all.filter((scope) => scope.region === region);
    const [first] = scopes;
    if (first === undefined)
      return region === undefined || region === home.region ? load(id, home) : undefined;
    if (scopes.length === 1) return load(id, first);
    for (const scope of scopes) {
      const one = await load(id, scope);
      if (one.service.serves?.(address)) return one;
    }
    return load(id, first);
  };
  return {
    async find(id, address) {
      for (const other of sharing(id)) {
        const one = scopesOf(other).length > 0 ? await found(other, address) : undefined;
        if (one?.service.serves?.(address)) return one;
      }
      return found(id, address);
    },
  };
};

/** `id.execute-api.eu-west-1.amazonaws.com`; names under .localhost may leave it out. */
function regionOf(host: string): string | undefined {
  for (const label of host.split('.').slice(1)) if (regions.has(label)) return label;
  return undefined;
}

/** The components of an app: each resource that has a model, with its recovery options and its alarm. */
import { type Architecture, type Resource, storesOrServes } from '../../architecture/index.ts';
import { readAlarms, soonestAlarm } from './alarms.ts';
import { readBackups } from './backups.ts';
import { componentModels } from './components/index.ts';
import { defaults, inConfig, rehearsed } from './figures.ts';
import type { Component, Context, DataKind, RecoveryInputs, RecoveryOption } from './model.ts';
import { optionsOfAnyComponent, protectedStack, standbyRegion } from './options.ts';
import { type Paths, readPaths } from './paths.ts';
import type { Noticed } from './report.ts';

export interface System {
  readonly components: readonly Component[];
  readonly paths: Paths;
  readonly context: Context;
  /** Resources that hold data or answer users and that no model knows. */
  readonly notModelled: readonly Resource[];
}

const modelOf = new Map(
  componentModels.flatMap((model) => model.types.map((type) => [type, model] as const)),
);

export function readSystem(app: Architecture, inputs: RecoveryInputs): System {
  const context = makeContext(app, inputs);
  const nobodyToldText = app.resources.flatMap((resource): Component[] => {
    const result = modelOf.get(resource.type)?.read(resource, context);
    if (result === undefined) return [];
    const options = [
      ...result.options,
      ...optionsOfAnyComponent(result.kind, result.data, inputs),
      ...otherRegionOptions(app, resource, result.data, inputs),
    ];
    // A component without data is deleted with its stack only.
    if (resource.inStack.terminationProtection && result.data !== 'kept')
      options.push(protectedStack(resource.stack));
    return [
      {
        id: resource.id,
        resource,
        kind: result.kind,
        label: result.label,
        data: result.data,
        members: result.members ?? [resource],
        options,
        doubts: result.doubts ?? [],
        noticed: null,
        ...(result.zones === undefined ? {} : { zones: result.zones }),
        ...(result.copies === undefined ? {} : { copies: result.copies }),
      },
    ];
  });
  const paths = readPaths(app, nobodyToldText);
  const noticed = noticedBy(app, nobodyToldText, paths);
  const components = nobodyToldText.map((component) => ({
    ...component,
    noticed: noticed.get(component.id) ?? null,
  }));
  const known = new Set(components.flatMap(({ members }) => members.map(({ id }) => id)));
  return {
    components,
    paths,
    context,
    notModelled: app.resources.filter(
      (resource) => !known.has(resource.id) && !modelOf.has(resource.type) && storesOrServes(resource),
    ),
  };
}

/** A resource with the same logical id in a stack of another region: the app is deployed there too, without its data. */
function otherRegionOptions(
  app: Architecture,
  resource: Resource,
  data: DataKind,
  inputs: RecoveryInputs,
): RecoveryOption[] {
  const regions = app
    .ofType(resource.type)
    .filter(
      (other) => other.logicalId === resource.logicalId && other.inStack.region !== resource.inStack.region,
    )
    .map(({ inStack }) => inStack.region);
  if (regions.length === 0 || data === 'kept') return [];
  return [standbyRegion([...new Set(regions)].join(', '), data, inputs)];
}

function makeContext(app: Architecture, inputs: RecoveryInputs): Context {
  const dataGb = (resource: Resource): number =>
    inputs.dataGb?.[resource.id] ?? inputs.dataGb?.default ?? defaults.dataGb;
  return {
    app,
    inputs,
    backups: readBackups(app),
    dataGb,
    restore: (resource, figure) => {
      const measured = inputs.restoreSeconds?.[resource.id];
      if (measured !== undefined) return rehearsed(figure.what, measured);
      if (figure.secondsPerGb === 0)
        return { what: figure.what, minSeconds: figure.min, maxSeconds: figure.max, basis: figure.basis };
      const gb = dataGb(resource);
      const stated = inputs.dataGb?.[resource.id] ?? inputs.dataGb?.default;
      return {
        what: figure.what,
        minSeconds: figure.min,
        maxSeconds: Math.round(figure.max + figure.secondsPerGb * gb),
        basis: {
          ...figure.basis,
          figure: `${figure.basis.figure}; ${gb} GB ${stated === undefined ? `assumed, give ${inConfig('dataGb')}` : 'stated'}`,
          assumed: figure.basis.assumed || stated === undefined,
        },
      };
    },
  };
}

/** The alarm on each component, or on one that needs it, where its failure shows. */
function noticedBy(app: Architecture, components: readonly Component[], paths: Paths): Map<string, Noticed> {
  const alarms = readAlarms(app);
  const own = new Map<string, Noticed[]>();
  for (const component of components) {
    const parts = new Set(component.members.map(({ id }) => id));
    // Metrics of a task definition are metrics of its service.
    for (const member of component.members)
      for (const { to } of member.uses) if (to.type === 'AWS::ECS::TaskDefinition') parts.add(to.id);
    const of = alarms.filter(({ resources: ids }) => ids.some((id) => parts.has(id)));
    if (of.length > 0) own.set(component.id, [...of]);
  }
  const users = new Map<string, string[]>();
  for (const [id, needs] of paths.needs)
    for (const need of needs) users.set(need, [...(users.get(need) ?? []), id]);
  // An event rule reports on its own resource only, and not on what that resource uses.
  const travels = (each: Noticed): boolean => app.byId(each.alarm)?.type === 'AWS::CloudWatch::Alarm';
  const found = new Map<string, Noticed>();
  for (const { id } of components) {
    const of = (at: string): Noticed[] => (own.get(at) ?? []).filter((each) => at === id || travels(each));
    const seen = new Set([id]);
    let ring = [id];
    while (ring.length > 0 && !found.has(id)) {
      const best = soonestAlarm(ring.flatMap(of));
      // An alarm further up that notifies a person is better than one on the component that notifies nobody.
      if (
        best?.tells === 'person' ||
        (best !== null && ring.every((at) => (users.get(at) ?? []).length === 0))
      )
        found.set(id, best);
      ring = ring.flatMap((at) => users.get(at) ?? []).filter((user) => !seen.has(user));
      for (const user of ring) seen.add(user);
    }
    if (!found.has(id)) {
      const any = soonestAlarm([...seen].flatMap(of));
      if (any !== null) found.set(id, any);
    }
  }
  return found;
}

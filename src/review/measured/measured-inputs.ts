/** What a run's measurements say of one template: actions of its roles, times of its parts, and use of its resources. */
import type { Architecture } from '../../architecture/index.ts';
import { formatArn } from '../../core/arn.ts';
import { type MeasuredTimes, measuredTimes, modelOf, type RunSamples } from '../capacity/index.ts';
import { namesIn } from '../capacity/load/names.ts';
import { assumedUses, type Usage, usageFromMeter } from '../cost/index.ts';
import type { LocalRun } from '../readiness/index.ts';
import type { MeasuredAction } from '../security/report.ts';
import type { MeasuredFile } from './run-file.ts';
import { namesOfRun } from './run-names.ts';

interface MeasuredInputs {
  /** Of the template's own roles and users; the developer and other apps on the same cloud are left out. */
  readonly actions: readonly MeasuredAction[];
  readonly times: MeasuredTimes;
  readonly localRun?: LocalRun;
  /** Nothing in the file is of this template. */
  readonly isEmpty: boolean;
  /** Measured use, with what people stated in its place. */
  usage(stated: Usage | undefined): Usage | undefined;
}

export function measuredInputs(app: Architecture, measured: MeasuredFile): MeasuredInputs {
  const { measuredAt, by, uses, physicalIds = {}, rehearsals } = measured;
  const nameOf = namesOfRun(app, physicalIds);
  const modelNames = namesIn(modelOf(app));
  const samples = (measured.samples ?? []).flatMap((one): RunSamples[] => {
    const resource =
      nameOf(one.resource) ??
      nameOf(formatArn({ service: 'lambda', resource: `function:${one.resource}` })) ??
      modelNames.resource(one.resource);
    return resource === undefined ? [] : [{ ...one, resource }];
  });
  const actions = (measured.actions ?? []).flatMap(({ principal, action, resource }) => {
    const role = nameOf(principal);
    return role === undefined ? [] : [{ principal: role, action, resource: nameOf(resource) ?? resource }];
  });
  return {
    actions,
    times: measuredTimes(app, samples, `measured, ${by}, ${measuredAt}`),
    isEmpty: actions.length === 0 && samples.length === 0 && rehearsals === undefined,
    ...(rehearsals === undefined ? {} : { localRun: { measuredAt, by, ...rehearsals } }),
    usage(stated) {
      if (uses === undefined || uses === 0 || measured.meter === undefined) return stated;
      const { usage } = usageFromMeter(measured.meter, app, stated?.uses ?? assumedUses, uses, physicalIds);
      if (stated === undefined) return usage;
      // A person may know better than one run.
      const answers = new Map(usage.answers);
      for (const [id, given] of stated.answers)
        answers.set(id, new Map([...(answers.get(id) ?? []), ...given]));
      return { ...stated, answers };
    },
  };
}

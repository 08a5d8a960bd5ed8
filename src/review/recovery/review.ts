/**
 * The recovery review of an app: what each component and the whole app survive, and the cheapest changes that meet the
 * targets. It throws for no template: what it cannot resolve is answered `cannot-tell`, unknown types are in `notModelled`.
 */

import { type Architecture, resourceRef } from '../../architecture/index.ts';
import { formatDuration } from '../../core/duration.ts';
import { runRule } from '../finding.ts';
import { reportOf } from './answer.ts';
import { chooseChanges } from './choose-changes.ts';
import { defaults, unattendedText } from './figures.ts';
import { timeRange } from './format.ts';
import type { RecoveryInputs } from './model.ts';
import { type PricePort, pricesFrom } from './price.ts';
import { proposalsFor } from './propose-changes.ts';
import { readSystem } from './read-components.ts';
import type { RecoveryReport, UsedAssumption } from './report.ts';
import { recoveryRules } from './rules/index.ts';
import { singlePoints } from './single-points.ts';
import { type Targets, targetResults, wholeOf } from './whole-app.ts';

export interface RecoveryReviewOptions extends RecoveryInputs {
  readonly targets?: Targets;
  /** Default: the price table. */
  readonly price?: PricePort;
}

export function reviewRecovery(app: Architecture, options: RecoveryReviewOptions = {}): RecoveryReport {
  const { targets: stated, price = pricesFrom(), ...inputs } = options;
  const targets = stated !== undefined && hasTargets(stated) ? stated : undefined;
  const system = readSystem(app, inputs);
  const { components, paths } = system;
  const reachedFrom = new Map<string, string[]>();
  for (const path of paths.paths)
    for (const id of path.components) reachedFrom.set(id, [...(reachedFrom.get(id) ?? []), path.entry]);
  const needed = components.filter(({ id }) => reachedFrom.has(id));
  const changeContext = {
    context: system.context,
    components,
    needed: new Set(needed.map(({ id }) => id)),
    paths,
  };
  const proposals = proposalsFor(changeContext, inputs, app.region, price);
  return {
    components: components.map((component) =>
      reportOf(component, reachedFrom.get(component.id) ?? [], inputs),
    ),
    paths: paths.paths,
    pathsText: paths.text,
    whole: wholeOf(needed, inputs),
    singlePoints: singlePoints(system),
    targets: targets === undefined ? [] : targetResults(needed, targets, inputs),
    changeSet: targets === undefined ? null : chooseChanges(needed, proposals, targets, inputs),
    possibleChanges: proposals
      .map(({ report }) => report)
      .sort((a, b) => a.usdPerMonth - b.usdPerMonth || (a.id < b.id ? -1 : 1)),
    rules: recoveryRules.map((rule) => runRule(rule, app)),
    assumptions: assumptionsOf(inputs),
    notModelled: system.notModelled.map(resourceRef),
    notUnderstood: app.notUnderstood,
  };
}

/** A config without targets passes an empty object. */
const hasTargets = ({ scenarios: each = {}, ...general }: Targets): boolean =>
  [general, ...Object.values(each)].some((target) => Object.keys(target).length > 0);

function assumptionsOf(inputs: RecoveryInputs): UsedAssumption[] {
  const used: UsedAssumption[] = [];
  if (inputs.dataGb?.default === undefined)
    used.push({
      key: 'recovery.dataGb',
      value: `${defaults.dataGb} GB in each store that is not stated`,
      because: 'the template does not say how much data there is, and restores take longer with more',
    });
  if (inputs.respondSeconds === undefined)
    used.push({
      key: 'recovery.respond',
      value: timeRange(defaults.respond.min, defaults.respond.max),
      because: 'from the alarm until somebody acts: taken as somebody being on call',
    });
  if (inputs.unattendedSeconds === undefined)
    used.push({
      key: 'recovery.unattended',
      value: timeRange(defaults.unattended.min, defaults.unattended.max),
      because: `where nobody is told: ${unattendedText}`,
    });
  if (inputs.redeploySeconds === undefined)
    used.push({
      key: 'recovery.redeploy',
      value: timeRange(defaults.redeploy.min, defaults.redeploy.max),
      because: 'to deploy the whole app where nothing of it is left; time it once and state it',
    });
  if (inputs.rollbackSeconds === undefined)
    used.push({
      key: 'recovery.rollback',
      value: timeRange(defaults.rollback.min, defaults.rollback.max),
      because: 'to put the previous version back by a deployment',
    });
  if (inputs.backlogSeconds === undefined)
    used.push({
      key: 'recovery.backlog',
      value: formatDuration(defaults.backlogSeconds),
      because: 'the age of the oldest message that usually waits in a queue, which goes with the queue',
    });
  used.push({
    key: 'none',
    value: 'wrong data shows as errors',
    because:
      'an alarm cannot know that data is wrong: a software fault is taken to be noticed by the alarm on what uses the data',
  });
  used.push({
    key: 'none',
    value: 'components recover side by side',
    because:
      'the whole is back when its slowest component is; a component off every user’s path stops only its own function',
  });
  return used;
}

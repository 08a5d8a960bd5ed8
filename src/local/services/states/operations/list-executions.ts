import { operation } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import { arnOf, date, findExecution, findMachine, limitOf, page, type StatesContext } from '../context.ts';
import { executionArn } from '../engine/engine.ts';
import { wrongType } from '../errors.ts';
import { findMapRun } from '../map-runs.ts';
import type { ExecutionRecord } from '../records.ts';

/** The newest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const listExecutions = (context: StatesContext) =>
  operation('states', 'ListExecutions', {
    accepts: 'all',
    access: ({ stateMachineArn: resource = '*' }) => ({ action: 'states:ListExecutions', resource }),
    handle({ stateMachineArn = '', mapRunArn, statusFilter, redriveFilter, maxResults, nextToken }) {
      if (mapRunArn !== undefined) {
        const run = findMapRun(context, mapRunArn);
        const children = ofGroup(context, `${run.machine}/${run.label}`).filter(
          (one) => one.mapRun === run.id && (statusFilter === undefined || one.status === statusFilter),
        );
        const { items, next } = page(children, nextToken, limitOf(maxResults));
        return {
          executions: items.map((one) => ({
            ...shown(context, one),
            mapRunArn,
            itemCount: itemsOf(context, one),
          })),
          nextToken: next,
        };
      }
      const { machine } = findMachine(context, stateMachineArn);
      if (machine.type === 'EXPRESS') throw wrongType();
      const { qualifier } = readMachine(stateMachineArn);
      const all = ofGroup(context, machine.name).flatMap((found) => {
        if (qualifier !== undefined && found.alias !== qualifier && String(found.version) !== qualifier)
          return [];
        if (statusFilter !== undefined && found.status !== statusFilter) return [];
        if (redriveFilter === 'REDRIVEN' && found.redrives === 0) return [];
        if (redriveFilter === 'NOT_REDRIVEN' && found.redrives > 0) return [];
        return [found];
      });
      const { items, next } = page(all, nextToken, limitOf(maxResults));
      return {
        executions: items.map((one) => shown(context, one)),
        nextToken: next,
      };
    },
  });

/** The newest first. */
const ofGroup = (context: StatesContext, group: string): readonly ExecutionRecord[] =>
  [...context.records.byStart.entries({ prefix: [group], reverse: true })].flatMap(([[, , name]]) => {
    const found = findExecution(context, group, String(name));
    return found ? [found] : [];
  });

function itemsOf({ records }: StatesContext, { mapRun = '', name }: ExecutionRecord): number | undefined {
  for (const child of records.mapChildren.values({ prefix: [mapRun] }))
    if (child.name === name) return child.items;
  return undefined;
}

function shown(context: StatesContext, one: ExecutionRecord) {
  const arn = arnOf(context, one.machine);
  return {
    executionArn: executionArn(context, one),
    stateMachineArn: one.mapRun === undefined ? arn : arnOf(context, one.group),
    name: one.name,
    status: one.status,
    startDate: new Date(one.started),
    stopDate: date(one.stopped),
    stateMachineVersionArn: one.version === undefined ? undefined : `${arn}:${one.version}`,
    stateMachineAliasArn: one.alias === undefined ? undefined : `${arn}:${one.alias}`,
    redriveCount: one.redrives,
    redriveDate: date(one.redriven),
  };
}

import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { validation } from '../errors.ts';
import { findMapRun } from '../map-runs.ts';

/**
 * How many children run at a time is read when a run begins or goes on; how many may fail, at each child.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html
 */
export const updateMapRun = (context: StatesContext) =>
  operation('states', 'UpdateMapRun', {
    accepts: ['mapRunArn', 'toleratedFailureCount', 'toleratedFailurePercentage'],
    access: ({ mapRunArn: resource = '' }) => ({ action: 'states:UpdateMapRun', resource }),
    handle({ mapRunArn, toleratedFailureCount: count, toleratedFailurePercentage: percentage }) {
      const found = findMapRun(context, mapRunArn);
      if (found.status !== 'RUNNING') throw validation(`Map Run ${mapRunArn} is not running.`);
      context.records.mapRuns.put([found.machine, found.label, found.id], {
        ...found,
        ...(count === undefined ? {} : { toleratedCount: count }),
        ...(percentage === undefined ? {} : { toleratedPercentage: percentage }),
      });
      return {};
    },
  });

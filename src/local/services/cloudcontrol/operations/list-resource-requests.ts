import { paging } from '../../../paging.ts';
import { operation } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { progressOf } from '../requests.ts';

const page = paging({
  defaultLimit: 20,
  maxLimit: 100,
  invalidToken: () => invalid('The next token is not valid.'),
});

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResourceRequests.html */
export const listResourceRequests = ({ requests }: CloudControlContext) =>
  operation('cloudcontrol', 'ListResourceRequests', {
    accepts: 'all',
    access: () => ({ action: 'cloudformation:ListResourceRequests', resource: '*' }),
    handle({ ResourceRequestStatusFilter: filter = {}, NextToken, MaxResults }) {
      const { Operations, OperationStatuses } = filter;
      const all = [...requests.values()]
        .filter(({ operation: of }) => !Operations?.length || Operations.includes(of))
        .filter(({ status }) => !OperationStatuses?.length || OperationStatuses.includes(status))
        .sort((a, b) => b.at - a.at);
      const { items, next } = page(all, NextToken, MaxResults);
      return { ResourceRequestStatusSummaries: items.map(progressOf), NextToken: next };
    },
  });

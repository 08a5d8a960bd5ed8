import { AwsError, operation } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { unknownToken } from '../errors.ts';
import { progressOf } from '../requests.ts';

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CancelResourceRequest.html */
export const cancelResourceRequest = ({ requests, running }: CloudControlContext) =>
  operation('cloudcontrol', 'CancelResourceRequest', {
    accepts: 'all',
    access: () => ({ action: 'cloudformation:CancelResourceRequest', resource: '*' }),
    handle({ RequestToken = '' }) {
      const found = requests.get(RequestToken);
      if (!found) throw unknownToken(RequestToken);
      const controller = running.get(RequestToken);
      if (!controller)
        throw new AwsError(
          'ConcurrentModificationException',
          `The request ${RequestToken} is ${found.status}: only one that is PENDING or IN_PROGRESS can be cancelled.`,
          500,
        );
      const cancelling = { ...found, status: 'CANCEL_IN_PROGRESS' as const };
      requests.put(RequestToken, cancelling);
      controller.abort();
      return { ProgressEvent: progressOf(cancelling) };
    },
  });

import { operation } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { unknownToken } from '../errors.ts';
import { progressOf } from '../requests.ts';

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResourceRequestStatus.html */
export const getResourceRequestStatus = ({ requests }: CloudControlContext) =>
  operation('cloudcontrol', 'GetResourceRequestStatus', {
    accepts: 'all',
    access: () => ({ action: 'cloudformation:GetResourceRequestStatus', resource: '*' }),
    handle({ RequestToken = '' }) {
      const found = requests.get(RequestToken);
      if (!found) throw unknownToken(RequestToken);
      return { ProgressEvent: progressOf(found) };
    },
  });

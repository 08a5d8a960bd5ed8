import { paging } from '../../paging.ts';
import { invalidParameter } from './errors.ts';

/** Marker and MaxItems of Lambda's lists. */
export const page = paging({
  defaultLimit: 50,
  maxLimit: 50,
  invalidToken: () => invalidParameter('The Marker is not valid.'),
});

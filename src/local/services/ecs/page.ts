import { paging } from '../../paging.ts';
import { invalidParameter } from './errors.ts';

export const page = paging({
  defaultLimit: 100,
  invalidToken: () => invalidParameter('Invalid token.'),
});

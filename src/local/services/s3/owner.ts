import { createHash } from 'node:crypto';

export function ownerOf(accountId: string): { ID: string; DisplayName: string } {
  return {
    ID: createHash('sha256').update(`canonical user of ${accountId}`).digest('hex'),
    DisplayName: accountId,
  };
}
